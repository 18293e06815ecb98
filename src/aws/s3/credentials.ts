import { StorageError } from "../../common/errors.ts";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly expiration?: Date | undefined;
}

/** Gives credentials that are valid now; `fresh`: those given before were refused. */
export type CredentialSource = (fresh?: boolean) => Promise<Credentials>;

/** Credentials are renewed so long before they end. */
const MARGIN_MS = 5 * 60 * 1000;

type Environment = { readonly [name: string]: string | undefined };

/**
 * AWS's standard chain: environment, SSO, profile, web identity, container, instance. The SDK is loaded only where the
 * environment has no keys. Rejects with `NO_CREDENTIALS`.
 */
export function credentialChain(env: Environment = process.env): CredentialSource {
  let provide: (() => Promise<Credentials>) | null = null;
  return cachedCredentials(async () => {
    const own = fromEnvironment(env);
    if (own !== null) return own;
    try {
      const { defaultProvider } = await import("@aws-sdk/credential-provider-node");
      provide ??= defaultProvider();
      return await provide();
    } catch (cause) {
      throw noCredentials(cause);
    }
  });
}

/** One set of credentials is asked for at a time and kept until shortly before its end. */
export function cachedCredentials(provide: () => Promise<Credentials>): CredentialSource {
  let current: Promise<Credentials> | null = null;
  let expiresMs = Number.POSITIVE_INFINITY;
  return async (fresh = false) => {
    if (current === null || fresh || Date.now() > expiresMs - MARGIN_MS) {
      expiresMs = Number.POSITIVE_INFINITY;
      current = provide().then((credentials) => {
        expiresMs = credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
        return credentials;
      });
      current.catch(() => {
        current = null;
      });
    }
    return current;
  };
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
