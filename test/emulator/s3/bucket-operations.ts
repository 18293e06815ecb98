import { accessDenied } from "./object-operations.ts";
import type { S3Answer, S3Call } from "./s3-call.ts";
import { S3Refusal } from "./s3-refusal.ts";
import { remove } from "./s3-state.ts";
import { xmlText, xmlTexts } from "./xml-text.ts";

const MAX_KEYS = 1000;

export function createBucket(call: S3Call): S3Answer {
  if (call.state.buckets.has(call.bucket))
    throw new S3Refusal(409, "BucketAlreadyOwnedByYou", "The bucket is yours already");
  call.state.create(call.bucket, { region: call.region });
  return { status: 200, headers: { location: `/${call.bucket}` } };
}

export function deleteBucket(call: S3Call): S3Answer {
  const bucket = call.state.bucket(call.bucket);
  if (bucket.objects.size > 0)
    throw new S3Refusal(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");
  call.state.buckets.delete(call.bucket);
  return { status: 204 };
}

export function headBucket(call: S3Call): S3Answer {
  const { region } = call.state.bucket(call.bucket);
  return { status: 200, headers: { "x-amz-bucket-region": region ?? call.region } };
}

export function bucketLocation(call: S3Call): S3Answer {
  const region = call.state.bucket(call.bucket).region ?? "us-east-1";
  return {
    status: 200,
    body: xmlText("LocationConstraint", region === "us-east-1" ? "" : region),
  };
}

export function listBuckets(call: S3Call): S3Answer {
  const names = [...call.state.buckets.keys()].sort();
  const buckets = names.map((name) => `<Bucket>${xmlText("Name", name)}</Bucket>`).join("");
  return {
    status: 200,
    body: `<ListAllMyBucketsResult><Buckets>${buckets}</Buckets></ListAllMyBucketsResult>`,
  };
}

export function deleteObjects(call: S3Call): S3Answer {
  const bucket = call.state.bucket(call.bucket);
  const text = call.body.bytes.toString();
  const keys = xmlTexts(text, "Key");
  if (keys.length === 0 || keys.length > MAX_KEYS)
    throw new S3Refusal(400, "MalformedXML", "The XML you provided was not well-formed");
  if (call.headers["content-md5"] === undefined && !hasChecksum(call))
    throw new S3Refusal(
      400,
      "InvalidRequest",
      "Missing required header for this request: Content-MD5",
    );
  const isQuiet = xmlTexts(text, "Quiet")[0] === "true";
  const results = keys.map((key) => {
    if (!call.allows("s3:DeleteObject", key)) {
      const { code, message } = accessDenied("s3:DeleteObject", call.bucket, key);
      return `<Error>${xmlText("Key", key)}${xmlText("Code", code)}${xmlText("Message", message)}</Error>`;
    }
    remove(bucket, key);
    return isQuiet ? "" : `<Deleted>${xmlText("Key", key)}</Deleted>`;
  });
  return { status: 200, body: `<DeleteResult>${results.join("")}</DeleteResult>` };
}

const hasChecksum = (call: S3Call): boolean => Object.keys(call.body.checksums).length > 0;
