import { StorageError } from "../../common/errors.ts";
import { cachedCredentials } from "./cached-credentials.ts";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly expiration?: Date | undefined;
}

/** Gives credentials that are valid now; `refused`: those that AWS did not take, if they are still the ones at hand. */
export type CredentialSource = (refused?: Credentials) => Promise<Credentials>;

type Environment = { readonly [name: string]: string | undefined };

/**
 * AWS's standard chain: environment, SSO, profile, web identity, container, instance. The SDK is loaded only where the
 * environment has no keys. Rejects with `NO_CREDENTIALS`.
 */
export function credentialChain(env: Environment = process.env): CredentialSource {
  let provide: ((how: { forceRefresh: true }) => Promise<Credentials>) | null = null;
  return cachedCredentials(async () => {
    const own = fromEnvironment(env);
    if (own !== null) return own;
    try {
      const { defaultProvider } = await import("@aws-sdk/credential-provider-node");
      provide ??= defaultProvider({ ignoreCache: true });
      // the SDK keeps what it found, and would give refused keys again
      return await provide({ forceRefresh: true });
    } catch (cause) {
      throw noCredentials(cause);
    }
  });
}

/** A named profile goes before keys in the environment, as in the SDK. */
function fromEnvironment(env: Environment): Credentials | null {
  const accessKeyId = env["AWS_ACCESS_KEY_ID"];
  const secretAccessKey = env["AWS_SECRET_ACCESS_KEY"];
  if (!accessKeyId || !secretAccessKey || env["AWS_PROFILE"]) return null;
  return { accessKeyId, secretAccessKey, sessionToken: env["AWS_SESSION_TOKEN"] || undefined };
}

function noCredentials(cause: unknown): StorageError {
  const reason = cause instanceof Error ? `: ${cause.message}` : "";
  return new StorageError({
    condition: "NO_CREDENTIALS",
    message: `No AWS credentials were found; run \`aws configure\` or \`aws sso login\`, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY${reason}`,
    sqlState: "28000",
    cause,
  });
}
