import type { LocalOptions } from "../query/session-options.ts";
import { Session as LocalSession } from "../session/session.ts";
import type { AwsOptions } from "./engine/aws-session.ts";
import { S3_DATA } from "./s3/open-data-store.ts";

const localOnly = LocalSession.local;

/** The same session, which reads S3 too, with the way in to engines on AWS; what that takes is loaded when it is first used. */
export const Session: typeof LocalSession & {
  aws(options: AwsOptions): Promise<LocalSession>;
} = Object.assign(LocalSession, {
  local: (options: LocalOptions = {}): LocalSession => localOnly({ data: S3_DATA, ...options }),
  aws: async (options: AwsOptions): Promise<LocalSession> =>
    (await import("./engine/aws-session.ts")).awsSession(options),
});
export type Session = LocalSession;
