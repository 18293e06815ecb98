import { randomUUID } from "node:crypto";
import { CHECKSUMS } from "./checksums.ts";
import { checkWrite, copySource, givenHeaders } from "./object-operations.ts";
import { headerOf, type S3Answer, type S3Call } from "./s3-call.ts";
import { S3Refusal } from "./s3-refusal.ts";
import { md5Hex, store, type Upload, type UploadedPart } from "./s3-state.ts";
import { xmlContents, xmlText, xmlTexts } from "./xml-text.ts";

const MIN_PART_BYTES = 5 * 1024 * 1024;
const MAX_PARTS = 10_000;

export function createUpload(call: S3Call): S3Answer {
  const id = randomUUID();
  call.state.bucket(call.bucket).uploads.set(id, {
    key: call.key,
    headers: givenHeaders(call),
    started: new Date(),
    algorithm: headerOf(call, "x-amz-checksum-algorithm")?.toLowerCase() ?? null,
    parts: new Map(),
  });
  const facts = xmlText("Bucket", call.bucket) + xmlText("Key", call.key) + xmlText("UploadId", id);
  return {
    status: 200,
    body: `<InitiateMultipartUploadResult>${facts}</InitiateMultipartUploadResult>`,
  };
}

export function uploadPart(call: S3Call): S3Answer {
  const { upload } = found(call);
  const number = Number(call.query.get("partNumber"));
  if (!(Number.isInteger(number) && number >= 1 && number <= MAX_PARTS))
    throw new S3Refusal(400, "InvalidArgument", `Part number must be from 1 to ${MAX_PARTS}`);
  const isCopy = call.headers["x-amz-copy-source"] !== undefined;
  const bytes = isCopy ? copiedBytes(call) : call.body.bytes;
  const etag = md5Hex(bytes);
  if (!isCopy) checkAlgorithm(call, upload);
  const checksum = upload.algorithm === null ? null : (CHECKSUMS[upload.algorithm]?.(bytes) ?? "");
  upload.parts.set(number, { bytes, etag, checksum });
  if (!isCopy) return { status: 200, headers: { etag: `"${etag}"`, ...call.body.checksums } };
  const facts = [
    xmlText("ETag", `"${etag}"`),
    xmlText("LastModified", new Date().toISOString()),
    checksum === null ? "" : xmlText(elementOf(upload.algorithm), checksum),
  ];
  return { status: 200, body: `<CopyPartResult>${facts.join("")}</CopyPartResult>` };
}

/** The checksums of parts are of the kind that the upload was created with, or there are none. */
function checkAlgorithm(call: S3Call, { algorithm }: Upload): void {
  const [header] = Object.keys(call.body.checksums);
  const given = header?.replace("x-amz-checksum-", "") ?? null;
  if (given !== algorithm)
    throw new S3Refusal(
      400,
      "InvalidRequest",
      `Checksum Type mismatch occurred, expected checksum Type: ${algorithm}, actual checksum Type: ${given}`,
    );
}

const elementOf = (algorithm: string | null): string => `Checksum${algorithm?.toUpperCase()}`;

export function completeUpload(call: S3Call): S3Answer {
  const { bucket, upload, id } = found(call);
  const parts = namedParts(call, upload);
  checkWrite(call, bucket.objects.get(call.key));
  const bytes = Buffer.concat(parts.map((part) => part.bytes));
  const digests = Buffer.concat(parts.map((part) => Buffer.from(part.etag, "hex")));
  const etag = `${md5Hex(digests)}-${parts.length}`;
  store(bucket, call.key, { bytes, etag, headers: upload.headers });
  bucket.uploads.delete(id);
  const facts =
    xmlText("Bucket", call.bucket) + xmlText("Key", call.key) + xmlText("ETag", `"${etag}"`);
  return {
    status: 200,
    body: `<CompleteMultipartUploadResult>${facts}</CompleteMultipartUploadResult>`,
  };
}

export function abortUpload(call: S3Call): S3Answer {
  const { bucket, id } = found(call);
  bucket.uploads.delete(id);
  return { status: 204 };
}

export function listParts(call: S3Call): S3Answer {
  const parts = [...found(call).upload.parts].sort(([a], [b]) => a - b);
  const entries = parts.map(
    ([number, { bytes, etag }]) =>
      `<Part>${xmlText("PartNumber", number)}${xmlText("ETag", `"${etag}"`)}${xmlText("Size", bytes.length)}</Part>`,
  );
  return { status: 200, body: `<ListPartsResult>${entries.join("")}</ListPartsResult>` };
}

export function listUploads(call: S3Call): S3Answer {
  const uploads = [...call.state.bucket(call.bucket).uploads].map(
    ([id, { key, started }]) =>
      `<Upload>${xmlText("Key", key)}${xmlText("UploadId", id)}${xmlText("Initiated", started.toISOString())}</Upload>`,
  );
  return {
    status: 200,
    body: `<ListMultipartUploadsResult>${xmlText("IsTruncated", "false")}${uploads.join("")}</ListMultipartUploadsResult>`,
  };
}

function found(call: S3Call) {
  const bucket = call.state.bucket(call.bucket);
  const id = call.query.get("uploadId") ?? "";
  const upload = bucket.uploads.get(id);
  if (upload === undefined || upload.key !== call.key)
    throw new S3Refusal(404, "NoSuchUpload", "The specified upload does not exist.");
  return { bucket, upload, id };
}

function copiedBytes(call: S3Call): Buffer {
  const { bytes } = copySource(call);
  const match = /^bytes=(\d+)-(\d+)$/.exec(headerOf(call, "x-amz-copy-source-range") ?? "");
  return match === null ? bytes : bytes.subarray(Number(match[1]), Number(match[2]) + 1);
}

/** The parts that the sender wants joined, in its order. */
function namedParts(call: S3Call, upload: Upload): UploadedPart[] {
  const named = xmlContents(call.body.bytes.toString(), "Part").map((part) => ({
    number: Number(xmlTexts(part, "PartNumber")[0]),
    etag: (xmlTexts(part, "ETag")[0] ?? "").replaceAll('"', ""),
    checksum: xmlTexts(part, elementOf(upload.algorithm))[0] ?? null,
  }));
  if (named.length === 0) throw new S3Refusal(400, "MalformedXML");
  return named.map(({ number, etag, checksum }, i) => {
    const part = upload.parts.get(number);
    if (part === undefined || part.etag !== etag) throw new S3Refusal(400, "InvalidPart");
    if (upload.algorithm !== null && checksum === null)
      throw new S3Refusal(
        400,
        "InvalidRequest",
        `The upload was created using a ${upload.algorithm} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
      );
    if (part.checksum !== checksum) throw new S3Refusal(400, "InvalidPart");
    if (number <= (named[i - 1]?.number ?? 0)) throw new S3Refusal(400, "InvalidPartOrder");
    if (i < named.length - 1 && part.bytes.length < MIN_PART_BYTES)
      throw new S3Refusal(400, "EntityTooSmall");
    return part;
  });
}
