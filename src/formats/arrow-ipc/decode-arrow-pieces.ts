import type { Field } from "../../columnar/data-type.ts";
import { type DecodedBatch, decodeArrowStream } from "./decode-arrow-stream.ts";
import { messageBytes } from "./message.ts";
import { checked, corrupt } from "./read-arrow-stream.ts";

/**
 * As `decodeArrowStream`, of a stream that comes in pieces, cut anywhere: no more is held than one message and one
 * piece. Throws `CORRUPT_EXCHANGE`, also where the last message is cut off.
 */
export async function* decodeArrowPieces(
  pieces: AsyncIterable<Uint8Array>,
  fields: readonly Field[],
): AsyncGenerator<DecodedBatch, void, void> {
  const gathered = new GatheredPieces();
  for await (const piece of pieces) {
    gathered.add(piece);
    for (let message = gathered.take(); message !== null; message = gathered.take())
      yield* decodeArrowStream(message, fields);
  }
  if (gathered.sizeBytes > 0) throw corrupt("an Arrow message is cut off");
}

/** Pieces until a message is whole. */
class GatheredPieces {
  sizeBytes = 0;
  private pieces: Uint8Array[] = [];
  /** Null until enough is here to tell. */
  private wantedBytes: number | null = null;

  add(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.pieces.push(piece);
    this.sizeBytes += piece.length;
  }

  /** The next message, where all of it is here. */
  take(): Uint8Array | null {
    if (this.sizeBytes === 0 || this.sizeBytes < (this.wantedBytes ?? 0)) return null;
    const bytes = this.joined();
    this.wantedBytes = checked(() => messageBytes(bytes));
    if (this.wantedBytes === null || bytes.length < this.wantedBytes) return null;
    this.pieces = [bytes.subarray(this.wantedBytes)];
    this.sizeBytes -= this.wantedBytes;
    const message = bytes.subarray(0, this.wantedBytes);
    this.wantedBytes = null;
    return message;
  }

  private joined(): Uint8Array {
    const [only] = this.pieces;
    const bytes =
      this.pieces.length === 1 && only !== undefined ? only : Buffer.concat(this.pieces);
    this.pieces = [bytes];
    return bytes;
  }
}
