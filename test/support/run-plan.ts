import type { DataType } from "../../src/columnar/data-type.ts";
import { toLiteralJson } from "../../src/columnar/literal-json.ts";
import { runTask } from "../../src/exec/run-task.ts";
import type { TaskMetrics } from "../../src/exec/task-spec.ts";
import { WorkerRuntime } from "../../src/exec/worker-runtime.ts";
import { decodeArrowStream } from "../../src/formats/arrow-ipc/decode-arrow-stream.ts";
import type { LocalTableExec, PhysicalPlan } from "../../src/physical/physical-plan.ts";
import { attribute } from "./plans.ts";
import { MemoryObjectStore } from "./stores/memory-object-store.ts";

/** A table of JavaScript values with columns `#1`, `#2` … of the given types, all nullable. */
export function localTable(
  types: readonly DataType[],
  rows: readonly (readonly unknown[])[],
): LocalTableExec {
  return {
    kind: "localTable",
    output: types.map((type, i) => attribute(i + 1, `c${i + 1}`, type, true)),
    rows: rows.map((row) =>
      row.map((value, i) => toLiteralJson(types[i] ?? { kind: "null" }, value)),
    ),
    ...UNKNOWN,
  };
}

export const UNKNOWN = { estimatedRows: null, estimatedBytes: null } as const;

let queries = 0;

/** Runs a plan as the only task of a query, on one worker's memory. */
export async function runPlan(
  plan: PhysicalPlan,
  memoryBytes = 1 << 30,
): Promise<{ rows: unknown[][]; metrics: TaskMetrics; memoryLeft: number }> {
  const runtime = new WorkerRuntime(memoryBytes);
  const store = new MemoryObjectStore();
  const { result, rows } = await runTask(
    {
      query: `q${queries++}`,
      stage: 0,
      partition: 0,
      attempt: 0,
      plan,
      inputs: {},
      output: { kind: "result" },
      memoryBytes,
      settings: { ansi: true, timeZone: "UTC" },
    },
    runtime,
    { data: store, exchange: store },
  );
  const answer: unknown[][] = [];
  for (const batch of decodeArrowStream(rows ?? new Uint8Array(), plan.output))
    for (let row = 0; row < batch.rows; row++)
      answer.push(batch.columns.map((column) => column[row]));
  runtime.memory.resetPeak();
  return { rows: answer, metrics: result.metrics, memoryLeft: runtime.memory.peakBytes };
}
