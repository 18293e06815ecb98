import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { S3Refusal } from "../s3/s3-refusal.ts";
import { verifySignature } from "../s3/verify-signature.ts";

/** Someone who may call the emulator. */
export interface LambdaCaller {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** What IAM would say of an action such as `lambda:InvokeFunction` on what has the ARN. */
  readonly allows: (action: string, arn: string) => boolean;
}

/** Why a request to Lambda or SSM is refused: nobody signed it, or who did may not do that. Null where it is not. */
export function denialOf(
  request: IncomingMessage,
  payload: Buffer,
  callers: readonly LambdaCaller[],
  wanted: { readonly action: string; readonly arn: string },
): string | null {
  const known = callers.map(({ allows, ...credentials }) => credentials);
  try {
    verifySignature(asSigned(request, payload), new URL("http://emulator"), known);
  } catch (thrown) {
    if (thrown instanceof S3Refusal) return thrown.message;
    throw thrown;
  }
  const id = accessKeyOf(request);
  const { action, arn } = wanted;
  if (callers.find(({ accessKeyId }) => accessKeyId === id)?.allows(action, arn)) return null;
  return `User: ${id} is not authorized to perform: ${action} on resource: ${arn}`;
}

/** Whose key a request names, signed or not; empty where it names none. */
export const accessKeyOf = ({ headers }: IncomingMessage): string =>
  /Credential=([^/]+)\//.exec(headers.authorization ?? "")?.[1] ?? "";

/** Outside of S3 what is signed is the path encoded twice, and the hash of the body. */
function asSigned(request: IncomingMessage, payload: Buffer): IncomingMessage {
  const hash = createHash("sha256").update(payload).digest("hex");
  return Object.create(request, {
    url: { value: (request.url ?? "/").split("/").map(encodeURIComponent).join("/") },
    headers: { value: { ...request.headers, "x-amz-content-sha256": hash } },
  });
}
