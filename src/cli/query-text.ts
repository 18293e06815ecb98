import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { StorageError } from "../common/errors.ts";
import type { QueryText } from "./options.ts";

/** The SQL that the command line names. */
export async function readQueryText(source: QueryText): Promise<string> {
  switch (source.from) {
    case "argument":
      return source.text;
    case "stdin":
      return text(process.stdin);
    case "file":
      try {
        return await readFile(source.path, "utf8");
      } catch (cause) {
        throw new StorageError({
          condition: "PATH_NOT_FOUND",
          message: `Cannot read ${source.path}: ${(cause as Error).message}`,
          sqlState: "42K03",
          details: { path: source.path },
          cause,
        });
      }
  }
}
