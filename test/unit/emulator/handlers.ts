import { setTimeout as sleep } from "node:timers/promises";

interface Event {
  readonly does: "echo" | "pause" | "throw" | "exit" | "sleep" | "large";
}

let events = 0;

/** What the tests of the Lambda emulator run. */
export async function handler(
  event: Event,
  context: { getRemainingTimeInMillis(): number },
): Promise<unknown> {
  events++;
  switch (event.does) {
    case "throw":
      throw new TypeError("Out of luck");
    case "exit":
      return process.exit(3);
    case "sleep":
      return sleep(60_000);
    case "large":
      return "x".repeat(7 << 20);
    case "pause":
      await sleep(300);
      return { pid: process.pid };
    default:
      return { event, events, pid: process.pid, leftMs: context.getRemainingTimeInMillis() };
  }
}
