import { Session as LocalSession } from "../session/session.ts";
import type { AwsOptions } from "./engine/aws-session.ts";

/** The same session, with the way in to engines on AWS; what that takes is loaded when it is first used. */
export const Session: typeof LocalSession & {
  aws(options: AwsOptions): Promise<LocalSession>;
} = Object.assign(LocalSession, {
  aws: async (options: AwsOptions): Promise<LocalSession> =>
    (await import("./engine/aws-session.ts")).awsSession(options),
});
export type Session = LocalSession;
