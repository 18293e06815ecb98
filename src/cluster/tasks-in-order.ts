import type { StageState, TaskState } from "./driver-state.ts";

/** The tasks of a stage in the order of its rows: those that were divided are left out, their parts are where they were. */
export function tasksInOrder(stage: StageState | undefined): readonly TaskState[] {
  const tasks = stage?.tasks ?? [];
  if (tasks.every(({ parts }) => parts === null)) return tasks;
  return placesInOrder(stage).flatMap((place) => tasks[place] ?? []);
}

/** The places of those tasks in their stage. */
export function placesInOrder(stage: StageState | undefined): readonly number[] {
  const tasks = stage?.tasks ?? [];
  const isPart = new Set(tasks.flatMap(({ parts }) => parts ?? []));
  const leavesOf = (place: number): readonly number[] =>
    tasks[place]?.parts?.flatMap(leavesOf) ?? [place];
  return [...tasks.keys()].filter((place) => !isPart.has(place)).flatMap(leavesOf);
}
