import { fork } from "node:child_process";

export interface BenchAnswer {
  readonly ms: number;
  /** Rows in order, cells as text: decimals exactly, floats to 9 digits. */
  readonly rows: readonly (readonly string[])[];
  readonly peakRssBytes: number;
}

/** One engine in a process of its own, so that memory and warm-up are its own too. */
export interface BenchEngine {
  run(sql: string): Promise<BenchAnswer>;
  stop(): void;
}

/** Starts a script that answers each `{sql}` message with a `BenchAnswer` or `{error}`. */
export async function startEngine(script: string, args: readonly string[]): Promise<BenchEngine> {
  const child = fork(new URL(script, import.meta.url), [...args], { serialization: "advanced" });
  const nextMessage = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const ended = (code: number | null): void =>
        reject(new Error(`${script} ended with ${code}`));
      child.once("exit", ended);
      child.once("message", (message) => {
        child.off("exit", ended);
        resolve(message);
      });
    });
  await nextMessage();
  return {
    async run(sql) {
      const answer = nextMessage();
      child.send({ sql });
      const message = (await answer) as BenchAnswer & { error?: string };
      if (message.error) throw new Error(`${script}: ${message.error}`);
      return message;
    },
    stop() {
      child.kill();
    },
  };
}

/** The child's side: says that it is ready, then answers. */
export function serveEngine(
  run: (sql: string) => Promise<{ ms: number; rows: readonly (readonly string[])[] }>,
): void {
  process.on("message", async ({ sql }: { sql: string }) => {
    try {
      const { ms, rows } = await run(sql);
      const peakRssBytes = process.resourceUsage().maxRSS * 1024;
      process.send?.({ ms, rows, peakRssBytes });
    } catch (error) {
      process.send?.({
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  });
  process.send?.("ready");
}
