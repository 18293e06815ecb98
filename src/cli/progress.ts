import type { Session } from "../session/session.ts";
import { StageCounts } from "../session/stage-counts.ts";

const LEAST_INTERVAL_MS = 100;
const CLEAR_LINE = "\r\u001b[K";

/** Shows on standard error, where it is a terminal, how far the stages are. `clear` takes it away. */
export function showProgress(session: Session): { readonly clear: () => void } {
  if (!process.stderr.isTTY) return { clear: () => undefined };
  const stages = new StageCounts();
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
    stages.note(event);
    if (event.event === "queryProgress")
      for (const count of event.stages) stages.set(event.query, count);
    if (event.event === "queryFinished") {
      stages.clear();
      clear();
    } else draw();
  });
  return { clear };
}

function line(stages: StageCounts): string {
  return stages
    .all()
    .filter(({ tasks, done }) => done < tasks)
    .map(({ stage, tasks, done }) => `stage ${stage}: ${done}/${tasks}`)
    .join("  ");
}
