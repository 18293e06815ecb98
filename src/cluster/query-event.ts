import type { ErrorJson } from "../common/errors.ts";
import type { TaskMetrics } from "../exec/task-spec.ts";

/** What an onlooker learns of a query, as JSON; the event log has one a line. Times are milliseconds since 1970. */
export type QueryEvent =
  | {
      readonly event: "queryStarted";
      readonly query: string;
      readonly timeMs: number;
      readonly stages: readonly { readonly stage: number; readonly inputs: readonly number[] }[];
    }
  /** An optimizer rule whose result was not used when the query was planned: a fault of ours that cost no answer. */
  | {
      readonly event: "ruleSkipped";
      readonly query: string;
      readonly timeMs: number;
      readonly rule: string;
      readonly reason: string;
    }
  | {
      readonly event: "stageStarted";
      readonly query: string;
      readonly timeMs: number;
      readonly stage: number;
      readonly phase: "sampling" | "running";
      readonly tasks: number;
      /** How many partitions the tasks take; more than tasks where small ones were put together. */
      readonly partitions: number;
    }
  | (TaskEvent & { readonly event: "taskStarted" })
  | (TaskEvent & {
      readonly event: "taskFinished";
      readonly elapsedMs: number;
      readonly metrics: TaskMetrics;
    })
  | (TaskEvent & {
      readonly event: "taskFailed";
      readonly error: ErrorJson;
      readonly isRetried: boolean;
    })
  /** A second attempt beside one that is slow. */
  | (TaskEvent & { readonly event: "taskSpeculated" })
  /** A task was too much at once: those of `parts` do its work in its place. */
  | {
      readonly event: "taskDivided";
      readonly query: string;
      readonly timeMs: number;
      readonly stage: number;
      readonly partition: number;
      readonly parts: readonly number[];
    }
  | {
      readonly event: "stageFinished";
      readonly query: string;
      readonly timeMs: number;
      readonly stage: number;
      readonly rows: number;
      readonly bytes: number;
    }
  | {
      readonly event: "stageReplanned";
      readonly query: string;
      readonly timeMs: number;
      readonly stage: number;
      readonly reason: string;
    }
  /** How far the stages of a query are that runs elsewhere, in place of the events of its tasks. */
  | {
      readonly event: "queryProgress";
      readonly query: string;
      readonly timeMs: number;
      readonly stages: readonly {
        readonly stage: number;
        readonly tasks: number;
        readonly done: number;
      }[];
    }
  | {
      readonly event: "queryFinished";
      readonly query: string;
      readonly timeMs: number;
      readonly status: "finished" | "failed" | "cancelled";
      readonly error: ErrorJson | null;
    };

interface TaskEvent {
  readonly query: string;
  readonly timeMs: number;
  readonly stage: number;
  readonly partition: number;
  readonly attempt: number;
}
