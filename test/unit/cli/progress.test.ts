import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { showProgress } from "../../../src/cli/progress.ts";
import type { Session } from "../../../src/session/session.ts";

type Listener = Parameters<Session["onEvent"]>[0];
type Event = Parameters<Listener>[0];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function onTerminal() {
  const written: string[] = [];
  const listeners: Listener[] = [];
  const onEvent = (listener: Listener) => {
    listeners.push(listener);
    return () => undefined;
  };
  const progress = showProgress({ onEvent }, { isTTY: true, write: (text) => written.push(text) });
  const tell = (event: Partial<Event>): void => {
    for (const listener of listeners) listener({ query: "q", timeMs: 0, ...event } as Event);
  };
  return { written, tell, progress };
}

it("progress appears 300 ms after a query began, without an event at that moment", () => {
  const { written, tell } = onTerminal();
  tell({ event: "queryStarted", stages: [] });
  tell({ event: "stageStarted", stage: 0, tasks: 4 });
  vi.advanceTimersByTime(299);
  expect(written).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(written).toEqual(["\r\u001b[Kstage 0: 0/4"]);
  tell({ event: "taskFinished", stage: 0 });
  tell({ event: "taskFinished", stage: 0 });
  vi.advanceTimersByTime(100);
  expect(written.at(-1)).toBe("\r\u001b[Kstage 0: 2/4");
  tell({ event: "queryFinished" });
  expect(written.at(-1)).toBe("\r\u001b[K");
  vi.advanceTimersByTime(1000);
  expect(written).toHaveLength(3);
});

it("progress of a query that ends within 300 ms is not shown", () => {
  const { written, tell } = onTerminal();
  for (let i = 0; i < 5; i++) {
    tell({ event: "queryStarted", stages: [] });
    tell({ event: "stageStarted", stage: 0, tasks: 4 });
    vi.advanceTimersByTime(200);
    tell({ event: "queryFinished" });
  }
  vi.advanceTimersByTime(1000);
  expect(written).toEqual([]);
});
