import type { CredentialSource, Credentials } from "./credentials.ts";
import { sameCredentials } from "./same-credentials.ts";

/** Credentials are renewed so long before they end, or when half of what was left of a shorter life is over. */
const MARGIN_MS = 5 * 60 * 1000;

/**
 * Credentials are asked for once at a time and kept until shortly before their end, or until they are refused; whoever
 * waits for a renewal shares it. Where a renewal before the end fails, they are used on.
 */
export function cachedCredentials(provide: () => Promise<Credentials>): CredentialSource {
  let current: Credentials | null = null;
  let renewAtMs = Number.POSITIVE_INFINITY;
  let pending: Promise<Credentials> | null = null;

  const keep = (credentials: Credentials): Credentials => {
    const { expiration } = credentials;
    current = credentials;
    renewAtMs = expiration === undefined ? Number.POSITIVE_INFINITY : renewalTime(expiration);
    return credentials;
  };
  const renew = (): Promise<Credentials> => {
    pending ??= provide()
      .then(keep)
      .finally(() => {
        pending = null;
      });
    return pending;
  };
  return async (refused) => {
    const known = current;
    if (known === null || (refused !== undefined && sameCredentials(known, refused)))
      return renew();
    if (Date.now() < renewAtMs) return known;
    return renew().catch((thrown: unknown) => {
      if (known.expiration !== undefined && known.expiration.getTime() > Date.now())
        return keep(known);
      throw thrown;
    });
  };
}

function renewalTime(expiration: Date): number {
  const endMs = expiration.getTime();
  const leftMs = endMs - Date.now();
  return endMs - Math.min(MARGIN_MS, leftMs / 2);
}
