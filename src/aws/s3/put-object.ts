import { randomUUID } from "node:crypto";
import type { ObjectFacts } from "../../storage/object-store.ts";
import { preconditionFailed } from "../../storage/storage-error.ts";
import { checksumHeaders } from "./checksum-headers.ts";
import { etagOf, factsOf, headObject } from "./head-object.ts";
import { putParts } from "./put-parts.ts";
import type { S3Client } from "./s3-client.ts";
import { attemptOf, place as nameOf, statusOf } from "./s3-error.ts";
import type { S3Location } from "./s3-location.ts";

const WRITER = "x-amz-meta-tindra-writer";

/**
 * Writes one object, in parts where it is large. Each write carries a mark of its own, so that one whose answer was
 * lost is known again when it is repeated.
 */
export async function putObject(
  client: S3Client,
  place: S3Location,
  pieces: readonly Uint8Array[],
  onlyNew: boolean,
): Promise<Omit<ObjectFacts, "key">> {
  const sizeBytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const writer = randomUUID();
  const write = {
    conditions: onlyNew ? { "if-none-match": "*" } : {},
    marks: { [WRITER]: writer },
  };
  try {
    const etag =
      sizeBytes > client.settings.partBytes
        ? await putParts(client, place, pieces, write)
        : await putWhole(client, place, pieces, { ...write.conditions, ...write.marks });
    return { sizeBytes, etag, modifiedMs: Date.now() };
  } catch (thrown) {
    const isRepeated = attemptOf(thrown) > 1;
    const status = statusOf(thrown);
    if (isRepeated && (status === 412 || status === 404)) {
      const found = await headObject(client, place).catch(() => null);
      if (found?.headers[WRITER] === writer) return factsOf(found);
    }
    throw status === 412 ? preconditionFailed(nameOf(place)) : thrown;
  }
}

async function putWhole(
  client: S3Client,
  place: S3Location,
  pieces: readonly Uint8Array[],
  headers: { readonly [name: string]: string },
): Promise<string> {
  const { headers: told } = await client.send({
    ...place,
    kind: "puts",
    action: "s3:PutObject",
    method: "PUT",
    headers: { ...headers, ...checksumHeaders(pieces) },
    body: pieces,
  });
  return etagOf(told["etag"] ?? "");
}
