import { type Json, StorageError } from "../../common/errors.ts";
import type { HttpAnswer } from "./http-transport.ts";
import { type MissingPermission, missingPermission } from "./missing-permission.ts";
import { xmlText } from "./xml-fields.ts";

/** What a request was for, as its error names it. */
export interface RequestFacts {
  /** The IAM action that it needs, such as `s3:GetObject`. */
  readonly action: string;
  readonly bucket: string;
  readonly key: string;
}

interface Condition {
  readonly condition: string;
  readonly sqlState: string;
  readonly retryable?: boolean;
  readonly message: (request: RequestFacts, code: string, heard: Heard) => string;
}

/** What S3 said besides its error code. */
interface Heard {
  readonly said: string;
  readonly missing: MissingPermission;
}

const THROTTLED: Condition = {
  condition: "THROTTLED",
  sqlState: "57014",
  retryable: true,
  message: (request) => `S3 asks for fewer requests to ${place(request)}`,
};
const UNAVAILABLE: Condition = {
  condition: "STORAGE_UNAVAILABLE",
  sqlState: "58030",
  retryable: true,
  message: (request, code) => `S3 could not serve a request to ${place(request)}: ${code}`,
};
const REFUSED: Condition = {
  condition: "CREDENTIALS_REFUSED",
  sqlState: "28000",
  message: (request, code) =>
    `S3 does not take the AWS credentials for ${place(request)} (${code}); check the access key, the secret key and the machine's clock`,
};
const EXPIRED: Condition = {
  condition: "CREDENTIALS_EXPIRED",
  sqlState: "28000",
  message: (request) =>
    `The AWS credentials for ${place(request)} have expired; sign in again, such as with \`aws sso login\``,
};
const NO_BUCKET: Condition = {
  condition: "BUCKET_NOT_FOUND",
  sqlState: "42K03",
  message: ({ bucket }) => `There is no bucket \`${bucket}\``,
};
const NO_OBJECT: Condition = {
  condition: "OBJECT_NOT_FOUND",
  sqlState: "42K03",
  message: (request) => `No object \`${place(request)}\``,
};
const DENIED: Condition = {
  condition: "ACCESS_DENIED",
  sqlState: "42501",
  message: (request, _code, { missing: { action, resource } }) => {
    const needed = `${action} must be allowed${resource === null ? "" : ` on ${resource}`}`;
    return isHidden(request, action)
      ? `No object \`${place(request)}\`, or none that may be seen: ${needed} to know`
      : `Access to ${place(request)} is denied: ${needed}`;
  },
};
const FAILED: Condition = {
  condition: "STORAGE_FAILED",
  sqlState: "58030",
  message: (request, code, { said }) =>
    `S3 refused ${request.action} on ${place(request)}: ${code}${said === "" ? "" : ` (${said})`}`,
};

const BY_CODE: { readonly [code: string]: Condition } = {
  SlowDown: THROTTLED,
  Throttling: THROTTLED,
  ThrottlingException: THROTTLED,
  RequestLimitExceeded: THROTTLED,
  TooManyRequestsException: THROTTLED,
  ServiceUnavailable: THROTTLED,
  InternalError: UNAVAILABLE,
  RequestTimeout: UNAVAILABLE,
  OperationAborted: UNAVAILABLE,
  ConditionalRequestConflict: UNAVAILABLE,
  ExpiredToken: EXPIRED,
  ExpiredTokenException: EXPIRED,
  TokenRefreshRequired: EXPIRED,
  InvalidToken: REFUSED,
  InvalidAccessKeyId: REFUSED,
  SignatureDoesNotMatch: REFUSED,
  RequestTimeTooSkewed: REFUSED,
  NoSuchBucket: NO_BUCKET,
  NoSuchKey: NO_OBJECT,
  AccessDenied: DENIED,
};

/** S3's answer as a `StorageError` that names bucket, key and, where access is denied, the action that is missing. */
export function s3Error(
  request: RequestFacts,
  answer: HttpAnswer & { readonly attempt: number },
): StorageError {
  const text = Buffer.from(answer.body).toString();
  const { status, attempt } = answer;
  const code = xmlText(text, "Code") ?? `HTTP ${status}`;
  return errorOfCode(request, { status, code, said: xmlText(text, "Message") ?? "", attempt });
}

/** The same from an error's parts, as a batch has one for each of its keys. */
export function errorOfCode(
  request: RequestFacts,
  answer: {
    readonly status: number;
    readonly code: string;
    readonly said: string;
    readonly attempt: number;
  },
): StorageError {
  const { status, code, said, attempt } = answer;
  const missing = missingPermission(request, said);
  const { condition, sqlState, retryable, message } = BY_CODE[code] ?? byStatus(status);
  return s3StorageError(request, {
    condition,
    sqlState,
    retryable: retryable ?? false,
    message: message(request, code, { said, missing }),
    details: { ...missing, status, code, attempt },
  });
}

/** An error about one object, its bucket and key among the details. */
export function s3StorageError(
  request: RequestFacts,
  facts: {
    readonly condition: string;
    readonly sqlState: string;
    readonly message: string;
    readonly retryable?: boolean;
    readonly details?: { readonly [key: string]: Json };
    readonly cause?: unknown;
  },
): StorageError {
  const { bucket, key } = request;
  return new StorageError({ ...facts, details: { bucket, key, ...facts.details } });
}

/** The connection failed before a whole answer was there. */
export function networkFailed(place: string, reason: string, cause?: unknown): StorageError {
  return new StorageError({
    condition: "NETWORK_FAILED",
    message: `The connection for ${place} failed: ${reason}`,
    sqlState: "08006",
    retryable: true,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The bucket is elsewhere and what S3 says of it does not help. */
export function wrongRegion(
  request: RequestFacts,
  used: string,
  told: string | null,
): StorageError {
  const where = told === null ? "another region" : `region ${told}`;
  return s3StorageError(request, {
    condition: "WRONG_REGION",
    sqlState: "58030",
    message: `The bucket \`${request.bucket}\` is in ${where}, but was asked for in ${used}; set AWS_REGION, or AWS_ENDPOINT_URL_S3, to where it is`,
    details: { region: used, bucketRegion: told },
  });
}

/** The HTTP status behind an error of this client, else 0. */
export const statusOf = (thrown: unknown): number => numberOf(thrown, "status");

/** Which try of a request ended with the error, from 1, else 0. */
export const attemptOf = (thrown: unknown): number => numberOf(thrown, "attempt");

/** S3's error code behind an error of this client, else the empty text. */
export function codeOf(thrown: unknown): string {
  const code = thrown instanceof StorageError ? thrown.details["code"] : "";
  return typeof code === "string" ? code : "";
}

/** True if the error says that there is no such object, or that the caller may not even know. */
export const isObjectMissing = (thrown: unknown): boolean =>
  thrown instanceof StorageError &&
  (thrown.condition === "OBJECT_NOT_FOUND" ||
    (thrown.condition === "ACCESS_DENIED" && thrown.details["action"] === "s3:ListBucket"));

function numberOf(thrown: unknown, detail: string): number {
  const value = thrown instanceof StorageError ? thrown.details[detail] : 0;
  return typeof value === "number" ? value : 0;
}

/** For people: never with credentials or signatures. */
export const place = ({ bucket, key }: Pick<RequestFacts, "bucket" | "key">): string =>
  `s3://${bucket}/${key}`;

/** Of a missing object S3 tells only those who may list: others hear that they may not. */
const isHidden = ({ key }: RequestFacts, missingAction: string): boolean =>
  key !== "" && missingAction === "s3:ListBucket";

function byStatus(status: number): Condition {
  if (status === 403) return DENIED;
  if (status === 404) return NO_OBJECT;
  if (status === 429 || status === 503) return THROTTLED;
  return status >= 500 ? UNAVAILABLE : FAILED;
}
