import type { Session } from "../session/session.ts";

const LEAST_INTERVAL_MS = 100;
const CLEAR_LINE = "\r\u001b[K";

interface StageProgress {
  tasks: number;
  done: number;
}

/** Shows on standard error, where it is a terminal, how far the stages are. `clear` takes it away. */
export function showProgress(session: Session): { readonly clear: () => void } {
  if (!process.stderr.isTTY) return { clear: () => undefined };
  const stages = new Map<string, StageProgress>();
  let shown = false;
  let last = 0;
  const clear = (): void => {
    if (shown) process.stderr.write(CLEAR_LINE);
    shown = false;
  };
  const draw = (): void => {
    if (performance.now() - last < LEAST_INTERVAL_MS) return;
    last = performance.now();
    shown = true;
    process.stderr.write(CLEAR_LINE + line(stages));
  };
  session.onEvent((event) => {
    if (event.event === "stageStarted")
      stages.set(`${event.query} ${event.stage}`, { tasks: event.tasks, done: 0 });
    if (event.event === "taskFinished") {
      const stage = stages.get(`${event.query} ${event.stage}`);
      if (stage !== undefined) stage.done++;
    }
    if (event.event === "taskDivided") {
      const stage = stages.get(`${event.query} ${event.stage}`);
      if (stage !== undefined) stage.tasks += event.parts.length - 1;
    }
    if (event.event === "queryProgress")
      for (const { stage, tasks, done } of event.stages)
        stages.set(`${event.query} ${stage}`, { tasks, done });
    if (event.event === "queryFinished") {
      stages.clear();
      clear();
    } else draw();
  });
  return { clear };
}

function line(stages: ReadonlyMap<string, StageProgress>): string {
  return [...stages]
    .filter(([, stage]) => stage.done < stage.tasks)
    .map(([name, stage]) => `stage ${name.split(" ").at(-1)}: ${stage.done}/${stage.tasks}`)
    .join("  ");
}
