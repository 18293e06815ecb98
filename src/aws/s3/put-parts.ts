import { checksumHeaders } from "./checksum-headers.ts";
import { cutPieces } from "./cut-pieces.ts";
import { etagOf } from "./head-object.ts";
import type { S3Client, S3Request } from "./s3-client.ts";
import type { S3Location } from "./s3-location.ts";
import { xmlEncode, xmlText } from "./xml-fields.ts";

const MAX_PARTS = 10_000;

/**
 * Another write of the object was under way: it must be put anew, a multipart upload from its creation on
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html).
 */
export const WRITE_CONFLICT = "ConditionalRequestConflict";

/** Writes one object by a multipart upload, which is aborted when it fails. Gives back the entity tag. */
export async function putParts(
  client: S3Client,
  place: S3Location,
  pieces: readonly Uint8Array[],
  write: {
    readonly conditions: { readonly [name: string]: string };
    readonly marks: { readonly [name: string]: string };
  },
): Promise<string> {
  const post = { ...place, kind: "puts", action: "s3:PutObject", method: "POST" } as const;
  const created = await client.send({
    ...post,
    query: [["uploads", ""]],
    headers: { ...write.marks, "x-amz-checksum-algorithm": "CRC32" },
  });
  const id = xmlText(textOf(created.body), "UploadId") ?? "";
  try {
    const sizeBytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const partBytes = Math.max(client.settings.partBytes, Math.ceil(sizeBytes / MAX_PARTS));
    const parts = cutPieces(pieces, partBytes);
    const uploads = parts.map((part, i) =>
      putPart(client, { ...post, method: "PUT" }, part, i, id),
    );
    // none may still be under way when the upload is aborted: its part would stay and be billed
    await Promise.allSettled(uploads);
    const done = await Promise.all(uploads);
    const completed = await client.send({
      ...post,
      query: [["uploadId", id]],
      headers: { ...write.conditions, "content-type": "application/xml" },
      body: [Buffer.from(completion(done))],
      mayFailLate: true,
      finalCode: WRITE_CONFLICT,
    });
    return etagOf(xmlText(textOf(completed.body), "ETag") ?? "");
  } catch (thrown) {
    const abort = { kind: "deletes", action: "s3:AbortMultipartUpload", method: "DELETE" } as const;
    await client.send({ ...place, ...abort, query: [["uploadId", id]] }).catch(() => undefined);
    throw thrown;
  }
}

interface PartDone {
  readonly etag: string;
  readonly checksum: string;
}

async function putPart(
  client: S3Client,
  put: S3Request,
  part: readonly Uint8Array[],
  at: number,
  id: string,
): Promise<PartDone> {
  const checksum = checksumHeaders(part);
  const { headers } = await client.send({
    ...put,
    query: [
      ["partNumber", String(at + 1)],
      ["uploadId", id],
    ],
    headers: checksum,
    body: part,
  });
  return { etag: headers["etag"] ?? "", checksum: checksum["x-amz-checksum-crc32"] };
}

/** S3 wants the checksums again, in the order of the parts. */
function completion(done: readonly PartDone[]): string {
  const parts = done.map(
    ({ etag, checksum }, i) =>
      `<Part><PartNumber>${i + 1}</PartNumber><ETag>${xmlEncode(etag)}</ETag><ChecksumCRC32>${checksum}</ChecksumCRC32></Part>`,
  );
  return `<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`;
}

const textOf = (body: Uint8Array): string => Buffer.from(body).toString();
