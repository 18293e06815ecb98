import { launchAttempt } from "./launch-attempt.ts";
import type { Turn } from "./turn.ts";

/** Gives up all attempts that another process had under way, and launches those anew whose task still needs one. */
export function resumeQuery(turn: Turn): void {
  turn.takeovers++;
  for (const [stage, { phase, tasks }] of turn.stages.entries())
    for (const partition of tasks.keys()) {
      for (const lost of turn.underWay(stage, partition)) turn.updateAttempt(lost, { ended: true });
      const isWanted = turn.outcome === null && phase !== "done";
      if (isWanted && turn.task(stage, partition)?.accepted === null)
        launchAttempt(turn, stage, partition);
    }
}
