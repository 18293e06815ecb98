import { type Json, StorageError } from "../../common/errors.ts";

const EXPIRED = "CREDENTIALS_EXPIRED";
const REFUSED = "CREDENTIALS_REFUSED";

/** What AWS's services call it, without `Exception` at the end. */
const CONDITIONS: { readonly [errorType: string]: string } = {
  ExpiredToken: EXPIRED,
  TokenRefreshRequired: EXPIRED,
  UnrecognizedClient: REFUSED,
  InvalidClientTokenId: REFUSED,
  InvalidAccessKeyId: REFUSED,
  InvalidToken: REFUSED,
  InvalidSignature: REFUSED,
  SignatureDoesNotMatch: REFUSED,
  IncompleteSignature: REFUSED,
  MissingAuthenticationToken: REFUSED,
  RequestExpired: REFUSED,
};

/** The error of a service that does not take the credentials; null where its error type says something else. */
export function refusedCredentials(
  errorType: string,
  details: { readonly [key: string]: Json } = {},
): StorageError | null {
  const condition = CONDITIONS[errorType.replace(/Exception$/, "")];
  if (condition === undefined) return null;
  const what =
    condition === EXPIRED
      ? "The AWS credentials have expired;"
      : `AWS does not take the credentials (${errorType}); check the access key, the secret key and the machine's clock, or`;
  return new StorageError({
    condition,
    message: `${what} sign in again, such as with \`aws sso login\``,
    sqlState: "28000",
    details: { errorType, ...details },
  });
}
