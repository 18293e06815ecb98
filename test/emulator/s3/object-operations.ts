import { headerOf, type S3Answer, type S3Call } from "./s3-call.ts";
import { noSuchKey, preconditionFailed, S3Refusal } from "./s3-refusal.ts";
import { type Bucket, md5Hex, remove, type StoredObject, store } from "./s3-state.ts";
import { xmlText } from "./xml-text.ts";

export function getObject(call: S3Call): S3Answer {
  const object = found(call);
  const quoted = `"${object.etag}"`;
  const ifMatch = headerOf(call, "if-match");
  if (ifMatch !== undefined && unquoted(ifMatch) !== object.etag)
    throw preconditionFailed("If-Match");
  const headers = {
    ...withoutChecksums(object.headers, headerOf(call, "x-amz-checksum-mode") === "ENABLED"),
    etag: quoted,
    "last-modified": object.modified.toUTCString(),
    "accept-ranges": "bytes",
  };
  const ifNoneMatch = headerOf(call, "if-none-match");
  if (ifNoneMatch !== undefined && unquoted(ifNoneMatch) === object.etag)
    return { status: 304, headers };
  const range = rangeOf(headerOf(call, "range"), object.bytes.length);
  if (range === null) return { status: 200, headers, body: object.bytes };
  const { start, end } = range;
  return {
    status: 206,
    headers: {
      ...withoutChecksums(headers, false),
      "content-range": `bytes ${start}-${end - 1}/${object.bytes.length}`,
    },
    body: object.bytes.subarray(start, end),
  };
}

export function putObject(call: S3Call): S3Answer {
  const bucket = call.state.bucket(call.bucket);
  checkWrite(call, bucket.objects.get(call.key));
  const { bytes, checksums } = call.body;
  const headers = { ...givenHeaders(call), ...checksums };
  const { etag } = store(bucket, call.key, { bytes, etag: md5Hex(bytes), headers });
  return { status: 200, headers: { etag: `"${etag}"`, ...checksums } };
}

export function copyObject(call: S3Call): S3Answer {
  const bucket = call.state.bucket(call.bucket);
  const source = copySource(call);
  checkWrite(call, bucket.objects.get(call.key));
  const { bytes, headers } = source;
  const { etag, modified } = store(bucket, call.key, { bytes, etag: md5Hex(bytes), headers });
  const result = `${xmlText("ETag", `"${etag}"`)}${xmlText("LastModified", modified.toISOString())}`;
  return { status: 200, body: `<CopyObjectResult>${result}</CopyObjectResult>` };
}

export function deleteObject(call: S3Call): S3Answer {
  remove(call.state.bucket(call.bucket), call.key);
  return { status: 204 };
}

/** The object that `x-amz-copy-source` names. */
export function copySource(call: S3Call): StoredObject {
  const path = decodeURIComponent(headerOf(call, "x-amz-copy-source") ?? "").replace(/^\//, "");
  const slash = path.indexOf("/");
  const object = call.state.bucket(path.slice(0, slash)).objects.get(path.slice(slash + 1));
  if (object === undefined) throw noSuchKey();
  return object;
}

/** Refuses a write whose conditions do not hold. */
export function checkWrite(call: S3Call, current: StoredObject | undefined): void {
  if (headerOf(call, "if-none-match") === "*" && current !== undefined)
    throw preconditionFailed("If-None-Match");
  const ifMatch = headerOf(call, "if-match");
  if (ifMatch === undefined) return;
  if (current === undefined) throw noSuchKey();
  if (unquoted(ifMatch) !== current.etag) throw preconditionFailed("If-Match");
}

/** What a writer says of the object and a reader is told again. */
export function givenHeaders(call: S3Call): { [name: string]: string } {
  const kept = Object.entries(call.headers).filter(([name]) => name.startsWith("x-amz-meta-"));
  return {
    "content-type": headerOf(call, "content-type") ?? "application/octet-stream",
    ...Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
  };
}

/** Who may not list is not told that a key is missing. */
function found(call: S3Call): StoredObject {
  const bucket: Bucket = call.state.bucket(call.bucket);
  const object = bucket.objects.get(call.key);
  if (object !== undefined) return object;
  if (!call.allows("s3:ListBucket", "")) throw accessDenied("s3:ListBucket", call.bucket, "");
  throw noSuchKey();
}

export function accessDenied(action: string, bucket: string, key: string): S3Refusal {
  const resource = `arn:aws:s3:::${bucket}${key === "" ? "" : `/${key}`}`;
  return new S3Refusal(
    403,
    "AccessDenied",
    `User: arn:aws:sts::000000000000:assumed-role/tester/session is not authorized to perform: ${action} on resource: "${resource}" because no identity-based policy allows the ${action} action`,
  );
}

function withoutChecksums(
  headers: { readonly [name: string]: string },
  keep: boolean,
): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => keep || !name.startsWith("x-amz-checksum-")),
  );
}

function rangeOf(header: string | undefined, size: number): { start: number; end: number } | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  const [, first = "", last = ""] = match ?? [];
  if (first === "" && last === "") return null;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(size, Number(last) + 1);
  if (start >= size || start >= end)
    throw new S3Refusal(416, "InvalidRange", "The requested range is not satisfiable", {
      headers: { "content-range": `bytes */${size}` },
      fields: { ActualObjectSize: String(size) },
    });
  return { start, end };
}

const unquoted = (etag: string): string => etag.replaceAll('"', "");
