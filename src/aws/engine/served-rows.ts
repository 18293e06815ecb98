import type { ServedResult, ServedStream } from "../../query/query-service.ts";
import type { ObjectStore } from "../../storage/object-store.ts";
import type { TaskRows } from "../lambda/task-payload.ts";
import type { QueryAnswer } from "./coordinator-message.ts";

const PIECE_BYTES = 8 << 20;
const PIECES_AHEAD = 3;

/** An answer whose stored rows are read from the results as they are asked for. */
export function servedRows(
  { facts, metrics, rows }: QueryAnswer,
  results: ObjectStore,
): ServedResult {
  if (rows.kind === "literals") return { facts, metrics, rows };
  const streams = rows.streams.map((stream) => servedStream(stream, results));
  return { facts, metrics, rows: { kind: "streams", streams } };
}

function servedStream(rows: TaskRows, results: ObjectStore): ServedStream {
  const { sizeBytes } = rows;
  const pieces = async function* (): AsyncGenerator<Uint8Array, void, void> {
    if (rows.kind === "inline") yield Buffer.from(rows.base64, "base64");
    else yield* storedPieces(rows.key, sizeBytes, results);
  };
  return { sizeBytes, pieces };
}

/** An object in ranges, some of which are under way ahead of their turn. */
async function* storedPieces(
  key: string,
  sizeBytes: number,
  results: ObjectStore,
): AsyncGenerator<Uint8Array, void, void> {
  const ahead: Promise<Uint8Array>[] = [];
  for (let start = 0; start < sizeBytes || ahead.length > 0; ) {
    while (start < sizeBytes && ahead.length < PIECES_AHEAD) {
      const end = Math.min(sizeBytes, start + PIECE_BYTES);
      const piece = results.get(key, { range: { start, end } });
      piece.catch(() => undefined);
      ahead.push(piece);
      start = end;
    }
    const piece = await ahead.shift();
    if (piece !== undefined) yield piece;
  }
}
