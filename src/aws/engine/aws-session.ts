import { AnalysisError } from "../../common/errors.ts";
import { Session } from "../../session/session.ts";
import { PrefixedObjectStore } from "../../storage/prefixed-object-store.ts";
import { HttpInvokeClient } from "../lambda/http-invoke-client.ts";
import { credentialChain } from "../s3/credentials.ts";
import { S3Client } from "../s3/s3-client.ts";
import { S3ObjectStore } from "../s3/s3-object-store.ts";
import { s3SettingsOf } from "../s3/s3-settings.ts";
import { CoordinatorClient } from "./coordinator-client.ts";
import { findEngine } from "./find-engine.ts";
import { SignedRequests } from "./signed-requests.ts";

/** How a session on AWS is set up. */
export interface AwsOptions {
  /** The name that the engine was deployed under. */
  readonly engine: string;
  /** Default: AWS_REGION or AWS_DEFAULT_REGION. */
  readonly region?: string;
  /** Settings under Spark's keys. */
  readonly settings?: { readonly [key: string]: string | number | boolean };
}

/** How long looking an engine up may stall. */
const LOOKUP_MS = 10_000;

/**
 * A session whose queries an engine deployed on AWS runs. Finds the engine by its name; rejects with
 * `ENGINE_NOT_FOUND`, `NO_CREDENTIALS`, `ACCESS_DENIED` and the like.
 */
export async function awsSession(options: AwsOptions): Promise<Session> {
  const { env } = process;
  const region = options.region ?? env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"];
  if (!region) throw noRegion();
  const credentials = credentialChain(env);
  const signed = (endpoint: string | undefined, limits: { idleTimeoutMs?: number } = {}) =>
    new SignedRequests({
      region,
      credentials,
      endpoint: endpoint || env["AWS_ENDPOINT_URL"] || null,
      ...limits,
    });
  const lookup = signed(env["AWS_ENDPOINT_URL_SSM"], { idleTimeoutMs: LOOKUP_MS });
  const engine = await findEngine(lookup, options.engine, region).finally(() => lookup.close());
  const s3 = new S3Client({ ...s3SettingsOf(env), region: engine.region }, credentials);
  const bucket = new S3ObjectStore(s3, { bucket: engine.exchangeBucket });
  const client = new CoordinatorClient({
    client: new HttpInvokeClient(signed(env["AWS_ENDPOINT_URL_LAMBDA"])),
    functionName: engine.coordinator,
    results: new PrefixedObjectStore(bucket, "result/"),
  });
  return Session.remote(client, options.settings);
}

const noRegion = (): AnalysisError =>
  new AnalysisError({
    condition: "NO_REGION",
    message: "Say in which AWS region the engine is: `region`, --region, or AWS_REGION",
    sqlState: "22023",
  });
