import type { Credentials } from "./credentials.ts";

/** True if a request that was refused with the one would be refused with the other. */
export const sameCredentials = (one: Credentials, other: Credentials): boolean =>
  one.accessKeyId === other.accessKeyId &&
  one.secretAccessKey === other.secretAccessKey &&
  one.sessionToken === other.sessionToken;
