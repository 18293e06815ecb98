import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ObjectFacts } from "../../storage/object-store.ts";
import { preconditionFailed } from "../../storage/storage-error.ts";
import { checksumHeaders } from "./checksum-headers.ts";
import { etagOf, factsOf, headObject } from "./head-object.ts";
import { putParts, WRITE_CONFLICT } from "./put-parts.ts";
import type { S3Client } from "./s3-client.ts";
import { attemptOf, codeOf, place as nameOf, statusOf } from "./s3-error.ts";
import type { S3Location } from "./s3-location.ts";

const MAX_TRIES = 5;
const CONFLICT_MS = 25;
const WRITER = "x-amz-meta-tindra-writer";

/**
 * Writes one object, in parts where it is large, and anew where another write of it was under way. Each write carries a
 * mark of its own, so that one whose answer was lost is known again when it is repeated.
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
  let mayBeWritten = false;
  for (let tries = 1; ; tries++)
    try {
      const etag =
        sizeBytes > client.settings.partBytes
          ? await putParts(client, place, pieces, write)
          : await putWhole(client, place, pieces, { ...write.conditions, ...write.marks });
      return { sizeBytes, etag, modifiedMs: Date.now() };
    } catch (thrown) {
      mayBeWritten ||= attemptOf(thrown) > 1;
      const own = mayBeWritten ? await ownObject(client, place, writer, thrown) : null;
      if (own !== null) return own;
      if (statusOf(thrown) === 412) throw preconditionFailed(nameOf(place));
      if (codeOf(thrown) !== WRITE_CONFLICT || tries === MAX_TRIES) throw thrown;
      await sleep(Math.random() * CONFLICT_MS * 2 ** tries);
    }
}

/** The object, where a refusal that an earlier try explains hides that the write went well. */
async function ownObject(
  client: S3Client,
  place: S3Location,
  writer: string,
  thrown: unknown,
): Promise<Omit<ObjectFacts, "key"> | null> {
  if (statusOf(thrown) !== 412 && statusOf(thrown) !== 404) return null;
  const found = await headObject(client, place).catch(() => null);
  return found?.headers[WRITER] === writer ? factsOf(found) : null;
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
    finalCode: WRITE_CONFLICT,
  });
  return etagOf(told["etag"] ?? "");
}
