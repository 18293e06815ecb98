import type { TaskReport, TaskRunner } from "../../src/cluster/task-runner.ts";
import type { TaskSpec } from "../../src/exec/task-spec.ts";
import type { ShuffleBlock } from "../../src/shuffle/shuffle-block.ts";
import type { ObjectStore } from "../../src/storage/object-store.ts";
import { type Exchange, simulateTask } from "./simulated-cluster.ts";

export type Fate = (spec: TaskSpec, signal: AbortSignal) => Promise<void> | void;

/** Runs simulated tasks whose rows go through a store as JSON. `before` and `after` may break them. */
export class SimulatedRunner implements TaskRunner {
  readonly capacity = 3;
  readonly ran: string[] = [];
  private readonly exchange: Exchange;
  private readonly before: Fate;
  private readonly after: Fate;

  constructor(store: ObjectStore, before: Fate = () => undefined, after: Fate = () => undefined) {
    this.exchange = exchangeOf(store);
    this.before = before;
    this.after = after;
  }

  async run(spec: TaskSpec, signal: AbortSignal, onStart?: () => void): Promise<TaskReport> {
    onStart?.();
    this.ran.push(`${spec.stage}/${spec.partition}/${spec.attempt}`);
    await this.before(spec, signal);
    const { result, rows } = await simulateTask(spec, this.exchange);
    await this.after(spec, signal);
    return { result, rows: rows === null ? null : new TextEncoder().encode(JSON.stringify(rows)) };
  }

  async close(): Promise<void> {}
}

function exchangeOf(store: ObjectStore): Exchange {
  const encode = (rows: readonly number[]) => new TextEncoder().encode(JSON.stringify(rows));
  return {
    read: async ({ key, offset, sizeBytes }) => {
      const range = { start: offset, end: offset + sizeBytes };
      return JSON.parse(new TextDecoder().decode(await store.get(key ?? "", { range })));
    },
    write: async (key, parts) => {
      const pieces = [...parts.values()].map(encode);
      await store.put(key, pieces);
      let offset = 0;
      return [...parts].map(([partition, rows], i): ShuffleBlock => {
        const sizeBytes = pieces[i]?.length ?? 0;
        offset += sizeBytes;
        return {
          partition,
          key,
          offset: offset - sizeBytes,
          sizeBytes,
          rows: rows.length,
          inline: null,
        };
      });
    },
  };
}
