import { availableParallelism, totalmem } from "node:os";
import { AnalysisError } from "../common/errors.ts";
import { type DataAccess, LOCAL_DATA } from "../storage/data-store.ts";
import { parseSize } from "./parse-size.ts";

/** How a session on this machine is set up; everything has a default. */
export interface LocalOptions {
  /** Threads. Default: as many as the machine has cores. */
  readonly workers?: number;
  /** Memory of all threads together: bytes, or a size such as `"2g"`. Default: half of the machine's. */
  readonly memory?: number | string;
  /** The folder for temporary files; the session makes one of its own in it. Default: the system's. */
  readonly tempDir?: string;
  /** A file to which everything that happens in queries is appended as JSON lines. */
  readonly eventLog?: string;
  /** What else than local files can be read. Default: nothing. */
  readonly data?: DataAccess;
  /** Settings under Spark's keys. */
  readonly settings?: { readonly [key: string]: string | number | boolean };
}

/** The same, decided. */
export interface LocalSettings {
  readonly workers: number;
  readonly memoryBytesPerWorker: number;
  /** Null: the system's. */
  readonly tempDir: string | null;
  readonly eventLog: string | null;
  readonly data: DataAccess;
  readonly shufflePartitions: number;
}

/** Below this a worker cannot hold one row group. */
const MIN_MEMORY_BYTES = 16 * 1024 * 1024;
/** What one WebAssembly memory can be. */
const MAX_MEMORY_BYTES = 4 * 1024 ** 3 - 65536;

/** The checked settings of a local session. Throws where an option makes no sense. */
export function localSettings(options: LocalOptions): LocalSettings {
  const workers = options.workers ?? availableParallelism();
  if (!Number.isInteger(workers) || workers < 1 || workers > 1024)
    throw invalid("workers", `workers must be an integer from 1 to 1024, but was ${workers}`);
  const memory = options.memory ?? totalmem() / 2;
  const memoryBytes = typeof memory === "number" ? memory : parseSize(memory);
  const share = Math.floor(memoryBytes / workers);
  if (!(share >= MIN_MEMORY_BYTES))
    throw invalid(
      "memory",
      `memory must be at least ${MIN_MEMORY_BYTES} bytes for each of ${workers} workers, but was ${memory}`,
    );
  return {
    workers,
    memoryBytesPerWorker: Math.min(share, MAX_MEMORY_BYTES),
    tempDir: options.tempDir ?? null,
    eventLog: options.eventLog ?? null,
    data: options.data ?? LOCAL_DATA,
    shufflePartitions: 2 * workers,
  };
}

function invalid(option: string, message: string): AnalysisError {
  return new AnalysisError({
    condition: "INVALID_SESSION_OPTION",
    message,
    sqlState: "22023",
    details: { option },
  });
}
