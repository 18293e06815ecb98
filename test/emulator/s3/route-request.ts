import type { IncomingMessage } from "node:http";
import type { S3Operation } from "./s3-fault.ts";
import { S3Refusal } from "./s3-refusal.ts";

export interface Route {
  readonly operation: S3Operation;
  readonly action: string;
  readonly bucket: string;
  readonly key: string;
}

const ACTIONS: { readonly [operation in S3Operation]: string } = {
  GetObject: "s3:GetObject",
  HeadObject: "s3:GetObject",
  PutObject: "s3:PutObject",
  CopyObject: "s3:PutObject",
  DeleteObject: "s3:DeleteObject",
  DeleteObjects: "s3:DeleteObject",
  ListObjectsV2: "s3:ListBucket",
  CreateMultipartUpload: "s3:PutObject",
  UploadPart: "s3:PutObject",
  CompleteMultipartUpload: "s3:PutObject",
  AbortMultipartUpload: "s3:AbortMultipartUpload",
  ListMultipartUploads: "s3:ListBucketMultipartUploads",
  ListParts: "s3:ListMultipartUploadParts",
  CreateBucket: "s3:CreateBucket",
  DeleteBucket: "s3:DeleteBucket",
  HeadBucket: "s3:ListBucket",
  GetBucketLocation: "s3:GetBucketLocation",
  ListBuckets: "s3:ListAllMyBuckets",
};

/** What a request wants, from its method, host, path and query. */
export function routeRequest(request: IncomingMessage, url: URL): Route {
  const { bucket, key } = place(request);
  const operation = operationOf(request, url.searchParams, bucket, key);
  if (operation === null)
    throw new S3Refusal(501, "NotImplemented", `${request.method} ${request.url} is not emulated`);
  if (Buffer.byteLength(key) > 1024) throw new S3Refusal(400, "KeyTooLongError");
  return { operation, action: ACTIONS[operation], bucket, key };
}

/** Virtual-host style is `bucket.s3.localhost` or `bucket.localhost`; all else is path style. */
function place(request: IncomingMessage): { bucket: string; key: string } {
  // not URL.pathname: S3 keeps dot segments
  const path = decodeURIComponent((request.url ?? "/").slice(1).replace(/\?.*$/s, ""));
  const host = (request.headers.host ?? "").replace(/:\d+$/, "");
  const virtual = /^(.+?)\.(?:s3\.)?localhost$/.exec(host)?.[1];
  if (virtual !== undefined) return { bucket: virtual, key: path };
  const slash = path.indexOf("/");
  return slash < 0
    ? { bucket: path, key: "" }
    : { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}

function operationOf(
  { method, headers }: IncomingMessage,
  query: URLSearchParams,
  bucket: string,
  key: string,
): S3Operation | null {
  if (bucket === "") return method === "GET" ? "ListBuckets" : null;
  if (key === "") return bucketOperation(method, query);
  if (query.has("uploads")) return method === "POST" ? "CreateMultipartUpload" : null;
  if (query.has("uploadId")) return uploadOperation(method);
  switch (method) {
    case "GET":
      return "GetObject";
    case "HEAD":
      return "HeadObject";
    case "DELETE":
      return "DeleteObject";
    case "PUT":
      return headers["x-amz-copy-source"] === undefined ? "PutObject" : "CopyObject";
    default:
      return null;
  }
}

function bucketOperation(method: string | undefined, query: URLSearchParams): S3Operation | null {
  switch (method) {
    case "PUT":
      return "CreateBucket";
    case "DELETE":
      return "DeleteBucket";
    case "HEAD":
      return "HeadBucket";
    case "POST":
      return query.has("delete") ? "DeleteObjects" : null;
    case "GET":
      if (query.has("location")) return "GetBucketLocation";
      if (query.has("uploads")) return "ListMultipartUploads";
      return query.get("list-type") === "2" ? "ListObjectsV2" : null;
    default:
      return null;
  }
}

function uploadOperation(method: string | undefined): S3Operation | null {
  switch (method) {
    case "PUT":
      return "UploadPart";
    case "POST":
      return "CompleteMultipartUpload";
    case "DELETE":
      return "AbortMultipartUpload";
    case "GET":
      return "ListParts";
    default:
      return null;
  }
}
