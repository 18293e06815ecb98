import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { S3Credentials } from "./s3-credentials.ts";
import { S3Refusal } from "./s3-refusal.ts";

const MAX_SKEW_MS = 15 * 60 * 1000;

interface Signature {
  readonly accessKeyId: string;
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly time: string;
  readonly payloadHash: string;
  readonly token: string | undefined;
}

/** Who sent a request, and the region it was signed for. Refuses what Signature Version 4 would. */
export function verifySignature(
  request: IncomingMessage,
  url: URL,
  known: readonly S3Credentials[],
): { readonly credentials: S3Credentials; readonly region: string } {
  const given = fromHeader(request) ?? fromQuery(request, url);
  if (given === null) throw new S3Refusal(403, "AccessDenied", "Access Denied");
  const credentials = known.find(({ accessKeyId }) => accessKeyId === given.accessKeyId);
  if (credentials === undefined)
    throw new S3Refusal(
      403,
      "InvalidAccessKeyId",
      "The AWS Access Key Id you provided does not exist in our records.",
    );
  checkTime(given.time);
  if (given.token !== credentials.sessionToken)
    throw new S3Refusal(
      400,
      "InvalidToken",
      "The provided token is malformed or otherwise invalid.",
    );
  if (credentials.isExpired === true)
    throw new S3Refusal(400, "ExpiredToken", "The provided token has expired.");
  for (const name of Object.keys(request.headers))
    if (name.startsWith("x-amz-") && !given.signedHeaders.includes(name))
      throw new S3Refusal(
        403,
        "AccessDenied",
        `There were headers present in the request which were not signed: ${name}`,
      );
  const expected = Buffer.from(
    signatureOf(request, url, given, credentials.secretAccessKey),
    "hex",
  );
  const found = Buffer.from(given.signature, "hex");
  if (found.length !== expected.length || !timingSafeEqual(found, expected))
    throw new S3Refusal(
      403,
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    );
  return { credentials, region: given.region };
}

function fromHeader(request: IncomingMessage): Signature | null {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? "",
    );
  if (match === null) return null;
  const [, accessKeyId = "", day = "", region = "", service = "", headers = "", signature = ""] =
    match;
  return {
    accessKeyId,
    day,
    region,
    service,
    signedHeaders: headers.split(";"),
    signature,
    time: textOf(request, "x-amz-date"),
    payloadHash: textOf(request, "x-amz-content-sha256"),
    token: request.headers["x-amz-security-token"]?.toString(),
  };
}

function fromQuery(request: IncomingMessage, url: URL): Signature | null {
  const parameter = (name: string): string => url.searchParams.get(name) ?? "";
  if (parameter("X-Amz-Signature") === "") return null;
  const [accessKeyId = "", day = "", region = "", service = ""] =
    parameter("X-Amz-Credential").split("/");
  return {
    accessKeyId,
    day,
    region,
    service,
    signedHeaders: parameter("X-Amz-SignedHeaders").split(";"),
    signature: parameter("X-Amz-Signature"),
    time: parameter("X-Amz-Date"),
    payloadHash: textOf(request, "x-amz-content-sha256") || "UNSIGNED-PAYLOAD",
    token: url.searchParams.get("X-Amz-Security-Token") ?? undefined,
  };
}

function checkTime(time: string): void {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time);
  const [, y, mo, d, h, mi, s] = match?.map(Number) ?? [];
  const sent = Date.UTC(y ?? 0, (mo ?? 1) - 1, d, h, mi, s);
  if (Math.abs(Date.now() - sent) > MAX_SKEW_MS)
    throw new S3Refusal(
      403,
      "RequestTimeTooSkewed",
      "The difference between the request time and the current time is too large.",
    );
}

function signatureOf(request: IncomingMessage, url: URL, given: Signature, secret: string): string {
  const query = [...url.searchParams]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => [encodeAll(name), encodeAll(value)] as const)
    .sort(([a, x], [b, y]) => order(a, b) || order(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const headers = given.signedHeaders.map(
    (name) => `${name}:${textOf(request, name).trim().replace(/ +/g, " ")}\n`,
  );
  const path = (request.url ?? "/").split("?")[0];
  const canonical = [
    request.method,
    path,
    query,
    headers.join(""),
    given.signedHeaders.join(";"),
    given.payloadHash,
  ].join("\n");
  const scope = `${given.day}/${given.region}/${given.service}/aws4_request`;
  const digest = createHash("sha256").update(canonical).digest("hex");
  const text = `AWS4-HMAC-SHA256\n${given.time}\n${scope}\n${digest}`;
  const key = [given.day, given.region, given.service, "aws4_request"].reduce(
    (under: Buffer, part) => hmac(under, part),
    Buffer.from(`AWS4${secret}`),
  );
  return hmac(key, text).toString("hex");
}

const hmac = (key: Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

const textOf = (request: IncomingMessage, name: string): string =>
  request.headers[name]?.toString() ?? "";

const order = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const encodeAll = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
