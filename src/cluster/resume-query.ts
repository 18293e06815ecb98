import { launchAttempt } from "./launch-attempt.ts";
import type { Turn } from "./turn.ts";

/** Gives up all attempts that another process had under way, and launches those anew whose task still needs one. */
export function resumeQuery(turn: Turn, takeover: number): void {
  turn.takeover = takeover;
  for (const [stage, { phase, tasks }] of turn.stages.entries())
    for (const [partition, task] of tasks.entries()) {
      for (const lost of turn.underWay(stage, partition)) turn.updateAttempt(lost, { ended: true });
      const { accepted, parts } = task;
      const isWanted = accepted === null && parts === null && phase !== "done";
      if (turn.outcome === null && isWanted) launchAttempt(turn, stage, partition);
    }
}
