import type { DriverAction } from "./driver-action.ts";
import type { DriverConfig } from "./driver-config.ts";
import type {
  AttemptRef,
  AttemptState,
  DriverState,
  Outcome,
  StageState,
  TaskShare,
  TaskState,
} from "./driver-state.ts";
import type { QueryEvent } from "./query-event.ts";

/** The driver's state while one event is worked in. The state it came from stays as it is. */
export class Turn {
  readonly query: string;
  readonly config: DriverConfig;
  readonly nowMs: number;
  readonly stages: StageState[];
  readonly actions: DriverAction[] = [];
  takeover: number;
  outcome: Outcome | null;
  ended: boolean;

  constructor(state: DriverState, config: DriverConfig, nowMs: number) {
    this.query = state.query;
    this.config = config;
    this.nowMs = nowMs;
    this.stages = [...state.stages];
    this.takeover = state.takeover;
    this.outcome = state.outcome;
    this.ended = state.ended;
  }

  state(): DriverState {
    const { query, takeover, stages, outcome, ended } = this;
    return { query, takeover, stages, outcome, ended };
  }

  update(stage: number, change: Partial<StageState>): void {
    const before = this.stages[stage];
    if (before !== undefined) this.stages[stage] = { ...before, ...change };
  }

  task(stage: number, partition: number): TaskState | undefined {
    return this.stages[stage]?.tasks[partition];
  }

  /** A task of its own for each share; gives their places. */
  addTasks(stage: number, shares: readonly TaskShare[]): readonly number[] {
    const tasks = this.stages[stage]?.tasks ?? [];
    this.update(stage, { tasks: [...tasks, ...shares.map(newTask)] });
    return shares.map((_, i) => tasks.length + i);
  }

  updateTask(stage: number, partition: number, change: Partial<TaskState>): void {
    const tasks = this.stages[stage]?.tasks;
    const before = tasks?.[partition];
    if (tasks !== undefined && before !== undefined)
      this.update(stage, { tasks: tasks.with(partition, { ...before, ...change }) });
  }

  attempt(ref: AttemptRef): AttemptState | undefined {
    const task = this.task(ref.stage, ref.partition);
    return task?.attempts.find(({ attempt }) => attempt === ref.attempt);
  }

  updateAttempt(ref: AttemptRef, change: Partial<AttemptState>): void {
    const attempts = this.task(ref.stage, ref.partition)?.attempts ?? [];
    this.updateTask(ref.stage, ref.partition, {
      attempts: attempts.map((attempt) =>
        attempt.attempt === ref.attempt ? { ...attempt, ...change } : attempt,
      ),
    });
  }

  /** Attempts that were launched and have not been reported. */
  underWay(stage: number, partition: number): AttemptRef[] {
    const attempts = this.task(stage, partition)?.attempts ?? [];
    return attempts
      .filter(({ ended }) => !ended)
      .map(({ attempt }) => ({ query: this.query, stage, partition, attempt }));
  }

  killAll(stage: number): void {
    for (const partition of this.stages[stage]?.tasks.keys() ?? []) this.killTask(stage, partition);
  }

  killTask(stage: number, partition: number): void {
    for (const attempt of this.underWay(stage, partition))
      this.actions.push({ kind: "kill", attempt });
  }

  report(event: QueryEvent): void {
    this.actions.push({ kind: "report", event });
  }
}

const newTask = (share: TaskShare): TaskState => ({
  share,
  parts: null,
  failures: 0,
  attempts: [],
  accepted: null,
});
