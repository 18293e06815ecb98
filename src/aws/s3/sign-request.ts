import { createHash, createHmac } from "node:crypto";
import type { Credentials } from "./credentials.ts";
import { encodeAll } from "./encode-key.ts";

export interface Unsigned {
  readonly method: string;
  readonly host: string;
  /** Encoded already. */
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Lower-case names. Those that begin with `x-amz-` are signed. */
  readonly headers: { readonly [name: string]: string };
  readonly payloadHash: string;
}

/** The hash of no bytes. */
export const EMPTY_HASH = createHash("sha256").digest("hex");
/** For bodies that TLS and a checksum protect. */
export const UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

/** Signs with Signature Version 4 (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html). Keeps the key of the day. */
export class RequestSigner {
  private readonly keys = new Map<string, Buffer>();

  /** All headers to send, `authorization` and `host` included. */
  sign(
    request: Unsigned,
    credentials: Credentials,
    region: string,
    nowMs: number,
    service = "s3",
  ): { [name: string]: string } {
    const time = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, "");
    const day = time.slice(0, 8);
    const headers: { [name: string]: string } = {
      ...request.headers,
      host: request.host,
      "x-amz-content-sha256": request.payloadHash,
      "x-amz-date": time,
    };
    if (credentials.sessionToken !== undefined)
      headers["x-amz-security-token"] = credentials.sessionToken;
    const names = Object.keys(headers)
      .filter((name) => name === "host" || name.startsWith("x-amz-"))
      .sort();
    const canonical = [
      request.method,
      request.path,
      canonicalQuery(request.query),
      ...names.map((name) => `${name}:${(headers[name] ?? "").trim().replace(/ +/g, " ")}`),
      "",
      names.join(";"),
      request.payloadHash,
    ].join("\n");
    const scope = `${day}/${region}/${service}/aws4_request`;
    const digest = createHash("sha256").update(canonical).digest("hex");
    const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${digest}`;
    const signature = hmac(this.keyOf(credentials, day, region, service), text).toString("hex");
    headers["authorization"] =
      `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
    return headers;
  }

  private keyOf(credentials: Credentials, day: string, region: string, service: string): Buffer {
    const name = `${day} ${region} ${service} ${credentials.accessKeyId} ${credentials.secretAccessKey}`;
    const known = this.keys.get(name);
    if (known !== undefined) return known;
    if (this.keys.size > 16) this.keys.clear();
    const secret = Buffer.from(`AWS4${credentials.secretAccessKey}`);
    const key = [day, region, service, "aws4_request"].reduce(hmac, secret);
    this.keys.set(name, key);
    return key;
  }
}

/** `name=value&…` in the order that signatures want. */
export function canonicalQuery(query: Unsigned["query"]): string {
  return query
    .map(([name, value]) => `${encodeAll(name)}=${encodeAll(value)}`)
    .sort()
    .join("&");
}

const hmac = (key: Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
