import type { Arena } from "../columnar/linear-memory.ts";
import { CancelledError } from "../common/errors.ts";
import type { PhysicalPlan } from "../physical/physical-plan.ts";
import { physicalPreOrder } from "../physical/physical-tree.ts";
import type { ObjectStore } from "../storage/object-store.ts";
import { OperatorRows } from "./pipeline/row-counters.ts";
import type { TaskSettings, TaskSpec } from "./task-spec.ts";
import type { WorkerRuntime } from "./worker-runtime.ts";

/** The stores that a task reads and writes. */
export interface TaskStores {
  /** The user's data. */
  readonly data: ObjectStore;
  /** Where stages leave rows for each other. */
  readonly exchange: ObjectStore;
}

/** What a task's readers have asked of the stores, and how chunks were decoded. */
export interface ReadMetrics {
  readonly gets: number;
  readonly bytesRead: number;
  /** Those of `bytesRead` that came from the exchange store. */
  readonly exchangeBytesRead?: number;
  readonly decodedChunks: number;
  readonly fallbackChunks: number;
}

/** Constants and frames of a task's modules, and tables that its code addresses. */
const CODE_BYTES = 1 << 20;

/** What a task's operators share while it runs. */
export class TaskContext {
  readonly spec: TaskSpec;
  readonly runtime: WorkerRuntime;
  readonly stores: TaskStores;
  readonly settings: TaskSettings;
  /** Control blocks, constants and buffers: freed when the task ends. */
  readonly arena: Arena;
  /**
   * Bytes at addresses that emitted code bears, taken before any data: they are the same in every task of a stage, so
   * the code is too, and V8 keeps what it has optimized.
   */
  readonly codeArena: Arena;
  readonly operatorRows: OperatorRows;
  rowsRead = 0;
  /** A row is being worked on below while another pipeline runs: its bytes must stay. */
  rowInFlight = false;
  private readonly signal: AbortSignal | undefined;
  private readonly operatorIndex: ReadonlyMap<PhysicalPlan, number>;
  private readonly cleanups: (() => void)[] = [];
  private readonly reads: (() => ReadMetrics | undefined)[] = [];

  constructor(
    spec: TaskSpec,
    runtime: WorkerRuntime,
    stores: TaskStores,
    signal: AbortSignal | undefined,
  ) {
    this.spec = spec;
    this.runtime = runtime;
    this.stores = stores;
    this.settings = spec.settings;
    this.signal = signal;
    this.arena = runtime.memory.arena();
    this.codeArena = runtime.memory.arena();
    this.codeArena.reserve(CODE_BYTES);
    const operators = physicalPreOrder(spec.plan);
    this.operatorIndex = new Map(operators.map((node, i) => [node, i]));
    const filters = operators.map((node) => (node.kind === "scan" ? node.filters.length : 0));
    const counters = operators.length + filters.reduce((sum, count) => sum + count, 0);
    this.operatorRows = new OperatorRows(
      runtime.memory,
      this.arena.allocate(counters * 8),
      operators.length,
      filters,
    );
  }

  /** The node's place in pre-order. */
  indexOf(node: PhysicalPlan): number {
    return this.operatorIndex.get(node) ?? 0;
  }

  checkCancelled(): void {
    if (this.signal?.aborted)
      throw new CancelledError({
        condition: "OPERATION_CANCELED",
        message: "The task was cancelled",
        sqlState: "HY008",
      });
  }

  /** A reader whose metrics are the task's. */
  onMetrics(read: () => ReadMetrics | undefined): void {
    this.reads.push(read);
  }

  /** What all readers have read so far. */
  readMetrics(): Required<ReadMetrics> {
    const all = this.reads.flatMap((read) => read() ?? []);
    const sum = (of: (metrics: ReadMetrics) => number): number =>
      all.reduce((total, metrics) => total + of(metrics), 0);
    return {
      gets: sum((m) => m.gets),
      bytesRead: sum((m) => m.bytesRead),
      exchangeBytesRead: sum((m) => m.exchangeBytesRead ?? 0),
      decodedChunks: sum((m) => m.decodedChunks),
      fallbackChunks: sum((m) => m.fallbackChunks),
    };
  }

  onEnd(cleanup: () => void): void {
    this.cleanups.push(cleanup);
  }

  /** Frees all memory of the task. */
  end(): void {
    for (const cleanup of this.cleanups.reverse()) cleanup();
    this.cleanups.length = 0;
    this.arena.reset();
    this.codeArena.reset();
    this.runtime.rowHeap.reset();
  }
}
