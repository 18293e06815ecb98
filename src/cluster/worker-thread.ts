import { Worker } from "node:worker_threads";
import { errorFromJson, ResourcesError } from "../common/errors.ts";
import type { TaskSpec } from "../exec/task-spec.ts";
import { cancelReason } from "./cancelled.ts";
import type { TaskReport } from "./task-runner.ts";
import type { ThreadReport, ThreadSettings, ThreadTask } from "./thread-message.ts";

interface UnderWay {
  readonly resolve: (report: TaskReport) => void;
  readonly reject: (error: Error) => void;
}

/** One worker thread that runs one task at a time. It keeps the process alive only while it runs one. */
export class WorkerThread {
  private readonly worker: Worker;
  private readonly stop: Int32Array<SharedArrayBuffer>;
  private readonly graceMs: number;
  private underWay: UnderWay | null = null;
  private dead: Error | null = null;

  /** `graceMs`: how long a task may go on after its signal before its thread is ended. */
  constructor(entry: URL, settings: Omit<ThreadSettings, "stop">, graceMs: number) {
    this.stop = new Int32Array(new SharedArrayBuffer(4));
    this.graceMs = graceMs;
    const workerData: ThreadSettings = { ...settings, stop: this.stop };
    this.worker = new Worker(entry, { workerData });
    this.worker.on("message", (report: ThreadReport) => this.settle(report));
    this.worker.on("error", (error) => this.lose(workerLost(error.message, error)));
    this.worker.on("exit", (code) => this.lose(workerLost(`it exited with code ${code}`)));
    this.worker.unref();
  }

  get isAlive(): boolean {
    return this.dead === null;
  }

  async run(spec: TaskSpec, signal: AbortSignal): Promise<TaskReport> {
    if (signal.aborted) throw cancelReason(signal);
    if (this.dead !== null) throw this.dead;
    Atomics.store(this.stop, 0, 0);
    let grace: NodeJS.Timeout | undefined;
    const abort = (): void => {
      Atomics.store(this.stop, 0, 1);
      grace = setTimeout(() => this.end(), this.graceMs);
    };
    signal.addEventListener("abort", abort, { once: true });
    this.worker.ref();
    try {
      return await new Promise<TaskReport>((resolve, reject) => {
        this.underWay = { resolve, reject };
        const task: ThreadTask = { spec };
        this.worker.postMessage(task);
      });
    } catch (error) {
      throw signal.aborted ? cancelReason(signal) : error;
    } finally {
      signal.removeEventListener("abort", abort);
      clearTimeout(grace);
      this.worker.unref();
    }
  }

  async end(): Promise<void> {
    await this.worker.terminate();
    this.lose(workerLost("it was ended"));
  }

  private settle(report: ThreadReport): void {
    const underWay = this.underWay;
    this.underWay = null;
    if (report.kind === "finished") underWay?.resolve(report);
    else underWay?.reject(errorFromJson(report.error));
  }

  private lose(error: Error): void {
    this.dead ??= error;
    this.underWay?.reject(this.dead);
    this.underWay = null;
  }
}

/** What Node gives as the code where a thread's own heap was full. */
const OUT_OF_HEAP = "ERR_WORKER_OUT_OF_MEMORY";

const workerLost = (reason: string, cause?: unknown): ResourcesError =>
  new ResourcesError({
    condition: "WORKER_LOST",
    message: `A worker thread died: ${reason}`,
    sqlState: "58000",
    retryable: true,
    wantsLess: cause instanceof Error && "code" in cause && cause.code === OUT_OF_HEAP,
    details: { reason },
    cause,
  });
