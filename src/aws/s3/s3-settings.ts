/** How S3 is reached. */
export interface S3Settings {
  /** Null: as the environment or the profile says, else `us-east-1`. Buckets elsewhere are found by S3's own redirect. */
  readonly region: string | null;
  /** Null: AWS itself. */
  readonly endpoint: string | null;
  /** The bucket in the path instead of in the host's name. */
  readonly pathStyle: boolean;
  /** True if this account pays for requests to buckets that want it. */
  readonly requesterPays: boolean;
  /** Requests under way at once, before any throttling. */
  readonly maxRequests: number;
  /** Tries of one request, the first included. */
  readonly attempts: number;
  /** A connection on which nothing moves for so long is given up. */
  readonly idleTimeoutMs: number;
  /** A slow GET of known size is sent a second time after at least this and its bytes' fair time; null: never. */
  readonly hedgeAfterMs: number | null;
  /** Puts above this size go up in parts of this size. */
  readonly partBytes: number;
}

const MIB = 1 << 20;

export const S3_DEFAULTS: S3Settings = Object.freeze({
  region: null,
  endpoint: null,
  pathStyle: false,
  requesterPays: false,
  maxRequests: 128,
  attempts: 6,
  idleTimeoutMs: 20_000,
  hedgeAfterMs: 15,
  partBytes: 16 * MIB,
});

type Environment = { readonly [name: string]: string | undefined };

/**
 * The settings that the environment gives: AWS's own `AWS_REGION`, `AWS_DEFAULT_REGION`, `AWS_ENDPOINT_URL_S3` and
 * `AWS_ENDPOINT_URL`, and `TINDRA_S3_PATH_STYLE`, `TINDRA_S3_REQUESTER_PAYS`, `TINDRA_S3_HEDGE` (`true` or `false`).
 * Servers at an endpoint of one's own are asked in path style unless said otherwise.
 */
export function s3SettingsOf(env: Environment): S3Settings {
  const ignoresEndpoint = env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] === "true";
  const named = env["AWS_ENDPOINT_URL_S3"] || env["AWS_ENDPOINT_URL"] || null;
  const endpoint = ignoresEndpoint ? null : named;
  const pathStyle = env["TINDRA_S3_PATH_STYLE"];
  return {
    ...S3_DEFAULTS,
    region: env["AWS_REGION"] || env["AWS_DEFAULT_REGION"] || null,
    endpoint,
    pathStyle: pathStyle === undefined ? endpoint !== null : pathStyle === "true",
    requesterPays: env["TINDRA_S3_REQUESTER_PAYS"] === "true",
    hedgeAfterMs: env["TINDRA_S3_HEDGE"] === "false" ? null : S3_DEFAULTS.hedgeAfterMs,
  };
}
