import { StageCounts } from "../query/stage-counts.ts";
import type { Session } from "../session/session.ts";

const FIRST_AFTER_MS = 300;
const INTERVAL_MS = 100;
const CLEAR_LINE = "\r\u001b[K";

interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Shows on standard error, where it is a terminal, how far the stages of a query are, from 300 ms after it began.
 * `clear` takes it away until the next query begins.
 */
export function showProgress(
  session: Pick<Session, "onEvent">,
  terminal: Terminal = process.stderr,
): { readonly clear: () => void } {
  if (!terminal.isTTY) return { clear: () => undefined };
  const stages = new StageCounts();
  let shown = "";
  let timer: NodeJS.Timeout | null = null;
  const draw = (): void => {
    const text = line(stages);
    if (text !== shown) terminal.write(CLEAR_LINE + text);
    shown = text;
  };
  const clear = (): void => {
    if (timer !== null) clearInterval(timer);
    timer = null;
    if (shown !== "") terminal.write(CLEAR_LINE);
    shown = "";
  };
  const start = (): void => {
    if (timer !== null) return;
    timer = setTimeout(() => {
      draw();
      timer = setInterval(draw, INTERVAL_MS).unref();
    }, FIRST_AFTER_MS).unref();
  };
  session.onEvent((event) => {
    if (event.event === "queryStarted") start();
    stages.note(event);
    if (event.event === "queryProgress") {
      start();
      for (const count of event.stages) stages.set(event.query, count);
    }
    if (event.event === "queryFinished") {
      stages.clear();
      clear();
    }
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
