import { ResourcesError } from "../../common/errors.ts";
import type { ServedResult } from "../../session/query-service.ts";
import type { ObjectStore } from "../../storage/object-store.ts";
import type { TaskRows } from "../lambda/task-payload.ts";
import type { QueryAnswer } from "./coordinator-message.ts";

/** The answer with its rows here. Throws `RESULT_TOO_LARGE` before anything is fetched. */
export async function fetchRows(
  { facts, metrics, rows }: QueryAnswer,
  results: ObjectStore,
  maxBytes: number,
): Promise<ServedResult> {
  if (rows.kind === "literals") return { facts, metrics, rows };
  const sizeBytes = rows.streams.reduce((sum, stream) => sum + stream.sizeBytes, 0);
  if (sizeBytes > maxBytes) throw tooLarge(sizeBytes, maxBytes);
  const streams = await Promise.all(rows.streams.map((stream) => bytesOf(stream, results)));
  return { facts, metrics, rows: { kind: "streams", streams } };
}

async function bytesOf(rows: TaskRows, results: ObjectStore): Promise<Uint8Array> {
  return rows.kind === "inline" ? Buffer.from(rows.base64, "base64") : results.get(rows.key);
}

const tooLarge = (sizeBytes: number, limitBytes: number): ResourcesError =>
  new ResourcesError({
    condition: "RESULT_TOO_LARGE",
    message: `The result has ${sizeBytes} bytes, more than spark.driver.maxResultSize (${limitBytes}). Aggregate or limit it, or raise the setting`,
    sqlState: "54000",
    details: { sizeBytes, limitBytes },
  });
