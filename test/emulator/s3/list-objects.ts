import type { S3Answer, S3Call } from "./s3-call.ts";
import { S3Refusal } from "./s3-refusal.ts";
import { type Bucket, byBytes, sortedKeys } from "./s3-state.ts";
import { xmlEscape, xmlText } from "./xml-text.ts";

const MAX_KEYS = 1000;

interface Page {
  readonly keys: readonly string[];
  readonly prefixes: readonly string[];
  /** The last key or prefix, where more follow. */
  readonly next: string | null;
}

export function listObjects(call: S3Call): S3Answer {
  const bucket = call.state.bucket(call.bucket);
  const { query } = call;
  const prefix = query.get("prefix") ?? "";
  const most = Math.min(Number(query.get("max-keys") ?? MAX_KEYS), MAX_KEYS);
  const token = query.get("continuation-token");
  const after = token === null ? (query.get("start-after") ?? "") : tokenKey(token);
  const page = pageOf(bucket, prefix, query.get("delimiter"), after, most);
  const encoded = query.get("encoding-type") === "url" ? encodeKey : xmlEscape;
  const contents = page.keys.map((key) => contentsOf(bucket, key, encoded));
  const prefixes = page.prefixes.map(
    (common) => `<CommonPrefixes><Prefix>${encoded(common)}</Prefix></CommonPrefixes>`,
  );
  const body = [
    '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
    xmlText("Name", bucket.name),
    `<Prefix>${encoded(prefix)}</Prefix>`,
    xmlText("KeyCount", page.keys.length + page.prefixes.length),
    xmlText("MaxKeys", most),
    xmlText("IsTruncated", String(page.next !== null)),
    ...(page.next === null
      ? []
      : [xmlText("NextContinuationToken", Buffer.from(page.next).toString("base64"))]),
    ...contents,
    ...prefixes,
    "</ListBucketResult>",
  ];
  return { status: 200, body: body.join("") };
}

function pageOf(
  bucket: Bucket,
  prefix: string,
  delimiter: string | null,
  after: string,
  most: number,
): Page {
  const keys: string[] = [];
  const prefixes = new Set<string>();
  let last = "";
  for (const key of sortedKeys(bucket)) {
    if (!key.startsWith(prefix)) continue;
    const cut = delimiter === null ? -1 : key.indexOf(delimiter, prefix.length);
    const entry = cut < 0 ? key : key.slice(0, cut + (delimiter?.length ?? 0));
    if ((after !== "" && byBytes(entry, after) <= 0) || prefixes.has(entry)) continue;
    if (keys.length + prefixes.size >= most) return { keys, prefixes: [...prefixes], next: last };
    if (cut < 0) keys.push(entry);
    else prefixes.add(entry);
    last = entry;
  }
  return { keys, prefixes: [...prefixes], next: null };
}

function contentsOf(bucket: Bucket, key: string, encoded: (key: string) => string): string {
  const object = bucket.objects.get(key);
  if (object === undefined) return "";
  return [
    "<Contents>",
    `<Key>${encoded(key)}</Key>`,
    xmlText("LastModified", object.modified.toISOString()),
    xmlText("ETag", `"${object.etag}"`),
    xmlText("Size", object.bytes.length),
    xmlText("StorageClass", "STANDARD"),
    "</Contents>",
  ].join("");
}

function tokenKey(token: string): string {
  const key = Buffer.from(token, "base64").toString();
  if (key === "")
    throw new S3Refusal(400, "InvalidArgument", "The continuation token provided is incorrect");
  return key;
}

const encodeKey = (key: string): string => encodeURIComponent(key).replaceAll("%2F", "/");
