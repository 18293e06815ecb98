import type { QueryEvent } from "../cluster/query-event.ts";

/** How many tasks a stage has, and how many of them are done. */
export interface StageCount {
  readonly stage: number;
  readonly tasks: number;
  readonly done: number;
}

/** How far the stages of queries are, by their events. */
export class StageCounts {
  private readonly counts = new Map<string, StageCount>();

  note(event: QueryEvent): void {
    if (event.event === "stageStarted")
      this.set(event.query, { stage: event.stage, tasks: event.tasks, done: 0 });
    if (event.event === "taskFinished") this.add(event, { tasks: 0, done: 1 });
    if (event.event === "taskDivided") this.add(event, { tasks: event.parts.length - 1, done: 0 });
  }

  set(query: string, count: StageCount): void {
    this.counts.set(`${query} ${count.stage}`, count);
  }

  clear(): void {
    this.counts.clear();
  }

  /** In the order in which the stages started. */
  all(): readonly StageCount[] {
    return [...this.counts.values()];
  }

  private add(
    { query, stage }: { readonly query: string; readonly stage: number },
    more: Omit<StageCount, "stage">,
  ): void {
    const count = this.counts.get(`${query} ${stage}`);
    if (count === undefined) return;
    this.set(query, { stage, tasks: count.tasks + more.tasks, done: count.done + more.done });
  }
}
