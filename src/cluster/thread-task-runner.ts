import type { TaskSpec } from "../exec/task-spec.ts";
import { cancelReason } from "./cancelled.ts";
import type { TaskReport, TaskRunner } from "./task-runner.ts";
import type { ThreadSettings } from "./thread-message.ts";
import { WorkerThread } from "./worker-thread.ts";

/** How many threads run what. */
export interface ThreadTaskRunnerOptions extends Omit<ThreadSettings, "stop" | "dataModule"> {
  /** Null, the default: this machine's files alone. */
  readonly dataModule?: string | null;
  readonly workers: number;
  /** What the threads run; the engine's own worker unless a test wants another. */
  readonly entry?: URL;
  /** How long a task may go on after it was cancelled before its thread is ended. Default 2,000. */
  readonly graceMs?: number;
}

const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
const ENTRY = new URL(`./thread-worker.${extension}`, import.meta.url);

/** Runs tasks on threads of this process, started when needed and kept. A thread that died is replaced. */
export class ThreadTaskRunner implements TaskRunner {
  readonly capacity: number;
  private readonly options: ThreadTaskRunnerOptions;
  private readonly idle: WorkerThread[] = [];
  private readonly busy = new Set<WorkerThread>();
  private readonly waiting: (() => void)[] = [];
  private isClosed = false;

  constructor(options: ThreadTaskRunnerOptions) {
    this.options = options;
    this.capacity = options.workers;
  }

  /** Starts threads, all unless said, ahead of the first task. */
  warmUp(threads: number = this.capacity): void {
    const wanted = Math.min(threads, this.capacity);
    while (this.idle.length + this.busy.size < wanted) this.idle.push(this.newThread());
  }

  async run(spec: TaskSpec, signal: AbortSignal, onStart?: () => void): Promise<TaskReport> {
    const thread = await this.take(signal);
    try {
      onStart?.();
      return await thread.run(spec, signal);
    } finally {
      this.busy.delete(thread);
      if (thread.isAlive) this.idle.push(thread);
      this.waiting.shift()?.();
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const threads = [...this.idle, ...this.busy];
    this.idle.length = 0;
    await Promise.all(threads.map((thread) => thread.end()));
  }

  private async take(signal: AbortSignal): Promise<WorkerThread> {
    while (this.busy.size >= this.capacity)
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    if (signal.aborted || this.isClosed) {
      this.waiting.shift()?.();
      throw cancelReason(signal);
    }
    let thread = this.idle.pop();
    while (thread !== undefined && !thread.isAlive) thread = this.idle.pop();
    thread ??= this.newThread();
    this.busy.add(thread);
    return thread;
  }

  private newThread(): WorkerThread {
    const { entry, graceMs, memoryBytes, dataModule = null, dataFolder } = this.options;
    const { exchangeFolder } = this.options;
    const settings = { memoryBytes, dataModule, dataFolder, exchangeFolder };
    return new WorkerThread(entry ?? ENTRY, settings, graceMs ?? 2000);
  }
}
