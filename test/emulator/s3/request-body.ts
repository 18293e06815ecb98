import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { CHECKSUMS } from "./checksums.ts";
import { S3Refusal } from "./s3-refusal.ts";

export interface RequestBody {
  readonly bytes: Buffer;
  /** What the sender said and the bytes confirmed, by the header's name. */
  readonly checksums: { readonly [header: string]: string };
}

const HEADER = "x-amz-checksum-";

/** Reads a body, undoes `aws-chunked`, and checks every hash that came with it. */
export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const sent = Buffer.concat(pieces);
  const { headers } = request;
  const payloadHash = headers["x-amz-content-sha256"]?.toString() ?? "";
  const isChunked =
    payloadHash.startsWith("STREAMING-") || /aws-chunked/.test(headers["content-encoding"] ?? "");
  const { bytes, trailers } = isChunked ? dechunk(sent) : { bytes: sent, trailers: {} };
  if (isChunked) checkLength(headers["x-amz-decoded-content-length"]?.toString(), bytes);
  else if (/^[0-9a-f]{64}$/.test(payloadHash) && hash("sha256", bytes, "hex") !== payloadHash)
    throw new S3Refusal(400, "XAmzContentSHA256Mismatch");
  const md5 = headers["content-md5"]?.toString();
  if (md5 !== undefined && hash("md5", bytes, "base64") !== md5)
    throw new S3Refusal(
      400,
      "BadDigest",
      "The Content-MD5 you specified did not match what we received.",
    );
  return { bytes, checksums: checkedSums({ ...headersOf(request), ...trailers }, bytes) };
}

function checkedSums(
  sent: { readonly [name: string]: string },
  bytes: Buffer,
): { readonly [header: string]: string } {
  const sums: { [header: string]: string } = {};
  for (const [name, checksum] of Object.entries(CHECKSUMS)) {
    const said = sent[HEADER + name];
    if (said === undefined) continue;
    if (checksum(bytes) !== said)
      throw new S3Refusal(
        400,
        "BadDigest",
        `The ${name.toUpperCase()} you specified did not match the calculated checksum.`,
      );
    sums[HEADER + name] = said;
  }
  return sums;
}

const headersOf = (request: IncomingMessage): { [name: string]: string } =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value ?? "")]),
  );

function dechunk(sent: Buffer): { bytes: Buffer; trailers: { [name: string]: string } } {
  const pieces: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = sent.indexOf("\r\n", at);
    const size = Number.parseInt(sent.subarray(at, lineEnd).toString(), 16);
    if (lineEnd < 0 || !(size >= 0)) throw new S3Refusal(400, "IncompleteBody");
    at = lineEnd + 2;
    if (size === 0) break;
    pieces.push(sent.subarray(at, at + size));
    at += size + 2;
  }
  const lines = sent.subarray(at).toString().split("\r\n");
  const trailers = lines.flatMap((line) => {
    const [name, value] = line.split(":");
    return name === undefined || value === undefined
      ? []
      : [[name.trim().toLowerCase(), value.trim()] as const];
  });
  return { bytes: Buffer.concat(pieces), trailers: Object.fromEntries(trailers) };
}

function checkLength(said: string | undefined, bytes: Buffer): void {
  if (said !== undefined && Number(said) !== bytes.length)
    throw new S3Refusal(400, "IncompleteBody", "The request body terminated unexpectedly");
}

const hash = (algorithm: string, bytes: Buffer, encoding: "hex" | "base64"): string =>
  createHash(algorithm).update(bytes).digest(encoding);
