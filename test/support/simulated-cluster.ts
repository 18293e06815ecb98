import { LONG } from "../../src/columnar/data-type.ts";
import { ResourcesError } from "../../src/common/errors.ts";
import type { TaskMetrics, TaskResult, TaskSpec } from "../../src/exec/task-spec.ts";
import type { JobGraph, Stage } from "../../src/physical/job-graph.ts";
import type { Partitioning, PhysicalPlan } from "../../src/physical/physical-plan.ts";
import type { Attribute } from "../../src/plan/expression.ts";
import type { ShuffleBlock } from "../../src/shuffle/shuffle-block.ts";

const COLUMN: Attribute = {
  kind: "attribute",
  id: 1,
  name: "n",
  type: LONG,
  nullable: false,
  qualifier: [],
};
const NODE = { output: [COLUMN], estimatedRows: null, estimatedBytes: null };

export const hash = (partitions: number): Partitioning => ({
  kind: "hash",
  keys: [COLUMN],
  partitions,
});
export const range = (partitions: number): Partitioning => ({
  kind: "range",
  orders: [{ expression: COLUMN, ascending: true, nullsFirst: true }],
  partitions,
});

export const numbers = (count: number, partitions: number, estimatedBytes = 0): PhysicalPlan => ({
  kind: "range",
  start: "0",
  end: `${count}`,
  step: "1",
  partitions,
  ...NODE,
  estimatedBytes,
});
export const shuffleRead = (stage: number): PhysicalPlan => ({
  kind: "shuffleRead",
  stage,
  ...NODE,
});
export const broadcastRead = (stage: number): PhysicalPlan => ({
  kind: "broadcastRead",
  stage,
  ...NODE,
});
export const union = (...children: PhysicalPlan[]): PhysicalPlan => ({
  kind: "union",
  children,
  ...NODE,
});
export const limit = (count: number, child: PhysicalPlan): PhysicalPlan => ({
  kind: "limit",
  count,
  offset: 0,
  child,
  ...NODE,
});
export const sort = (child: PhysicalPlan): PhysicalPlan => ({
  kind: "sort",
  orders: [{ expression: COLUMN, ascending: true, nullsFirst: true }],
  child,
  ...NODE,
});
export const crossJoin = (left: PhysicalPlan, right: PhysicalPlan): PhysicalPlan => ({
  kind: "nestedLoopJoin",
  type: "inner",
  condition: null,
  left,
  right,
  ...NODE,
});

/** Numbers that both sides have; the right side is built. */
export const equiJoin = (left: PhysicalPlan, right: PhysicalPlan): PhysicalPlan => ({
  kind: "hashJoin",
  type: "inner",
  buildSide: "right",
  leftKeys: [COLUMN],
  rightKeys: [COLUMN],
  residual: null,
  distribution: "shuffled",
  left,
  right,
  ...NODE,
});

export function graphOf(
  ...stages: (readonly [PhysicalPlan, Stage["output"], number, number[]])[]
): JobGraph {
  return {
    stages: stages.map(([plan, output, partitions, inputs], id) => ({
      id,
      plan,
      inputs,
      partitions,
      output,
      estimatedRows: null,
      estimatedBytes: null,
    })),
    output: [COLUMN],
  };
}

/** Where simulated tasks leave their rows. */
export interface Exchange {
  read(block: ShuffleBlock): readonly number[] | Promise<readonly number[]>;
  write(
    key: string,
    parts: ReadonlyMap<number, readonly number[]>,
  ): readonly ShuffleBlock[] | Promise<readonly ShuffleBlock[]>;
}

/** The rows of a task's plan: whole numbers, a cross join giving `left * 1000 + right`. */
export async function rowsOf(spec: TaskSpec, exchange: Exchange): Promise<number[]> {
  const evaluate = async (plan: PhysicalPlan): Promise<number[]> => {
    switch (plan.kind) {
      case "range": {
        const [start, end] = [Number(plan.start), Number(plan.end)];
        return Array.from({ length: end - start }, (_, i) => start + i);
      }
      case "shuffleRead":
      case "broadcastRead": {
        const parts: number[] = [];
        for (const block of spec.inputs[plan.stage] ?? [])
          parts.push(...(await exchange.read(block)));
        const only = plan.kind === "shuffleRead" ? plan.only : undefined;
        return only === undefined
          ? parts
          : parts.filter((row) => hashPartition(row, only.partitions) === only.partition);
      }
      case "union":
        return (await Promise.all(plan.children.map(evaluate))).flat();
      case "limit":
        return (await evaluate(plan.child)).slice(0, plan.count ?? undefined);
      case "sort":
        return (await evaluate(plan.child)).sort((a, b) => a - b);
      case "hashJoin": {
        const right = new Set(await evaluate(plan.right));
        return (await evaluate(plan.left)).filter((n) => right.has(n));
      }
      case "nestedLoopJoin": {
        const right = await evaluate(plan.right);
        return (await evaluate(plan.left)).flatMap((l) => right.map((r) => l * 1000 + r));
      }
      default:
        throw new TypeError(`Not simulated: ${plan.kind}`);
    }
  };
  return evaluate(spec.plan);
}

/** Runs a task on whole numbers; a result task's rows come as JSON. */
export async function simulateTask(
  spec: TaskSpec,
  exchange: Exchange,
): Promise<{ result: TaskResult; rows: number[] | null }> {
  const rows = await rowsOf(spec, exchange);
  const { output } = spec;
  if (output.kind === "result") return { result: resultOf(spec, rows.length, []), rows };
  if (output.partitioning.kind === "range" && output.bounds === null)
    return { result: resultOf(spec, 0, [], rows.map(keyOf)), rows: null };
  const parts = new Map<number, number[]>();
  for (const row of rows) {
    const partition = partitionOf(row, spec);
    parts.set(partition, [...(parts.get(partition) ?? []), row]);
  }
  const sorted = new Map([...parts].sort(([a], [b]) => a - b));
  return {
    result: resultOf(spec, rows.length, await exchange.write(output.prefix, sorted)),
    rows: null,
  };
}

function partitionOf(row: number, { output }: TaskSpec): number {
  if (output.kind === "result") return 0;
  if (output.partitioning.kind === "hash")
    return hashPartition(row, output.partitioning.partitions);
  if (output.partitioning.kind !== "range") return 0;
  return (output.bounds ?? []).filter(([bound]) => row >= numberOf(String(bound))).length;
}

/** By the high bits, so that each partition is some of those of a finer partitioning. */
function hashPartition(row: number, partitions: number): number {
  const hashed = Math.imul(row + 1, 0x9e3779b1) >>> 0;
  return Math.floor((hashed * partitions) / 2 ** 32);
}

/** Base64 of nine digits, whose bytes sort as the numbers do. */
const keyOf = (row: number): string => Buffer.from(`${row}`.padStart(9, "0")).toString("base64");

const numberOf = (key: string): number => Number(Buffer.from(key, "base64").toString());

export function resultOf(
  { query, stage, partition, attempt }: TaskSpec,
  rowsWritten: number,
  blocks: readonly ShuffleBlock[],
  samples?: readonly string[],
): TaskResult {
  const metrics: TaskMetrics = {
    rowsRead: 0,
    rowsWritten,
    bytesRead: 0,
    bytesWritten: 8 * rowsWritten,
    gets: 0,
    puts: 0,
    cpuMs: 1,
    wallMs: 1,
    peakMemoryBytes: 1,
    spilledBytes: 0,
    fallbackChunks: 0,
    decodedChunks: 0,
    operatorRows: [rowsWritten],
    ...(samples === undefined ? {} : { details: { samples } }),
  };
  return { query, stage, partition, attempt, blocks, metrics };
}

export const outOfMemory = (): ResourcesError =>
  new ResourcesError({
    condition: "MEMORY_LIMIT_EXCEEDED",
    message: "A task needs more memory",
    sqlState: "53200",
    wantsLess: true,
  });

export const workerLost = (): ResourcesError =>
  new ResourcesError({
    condition: "WORKER_LOST",
    message: "A worker thread died",
    sqlState: "58000",
    retryable: true,
  });
