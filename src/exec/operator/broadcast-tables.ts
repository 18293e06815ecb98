import { errorFromJson, TindraError } from "../../common/errors.ts";
import type { PhysicalPlan } from "../../physical/physical-plan.ts";
import type { Expression } from "../../plan/expression.ts";
import type { TaskContext } from "../task-context.ts";
import { JoinBuild } from "./join-build.ts";

/**
 * The table of a broadcast build side, filled by the first task of the query on this worker and kept for the others.
 */
export async function broadcastTable(
  context: TaskContext,
  plan: PhysicalPlan,
  keys: readonly Expression[],
  fill: (build: JoinBuild) => Promise<void>,
): Promise<JoinBuild> {
  const { runtime, spec } = context;
  const name = JSON.stringify({ keys, plan });
  const kept = runtime.kept.find<JoinBuild>(spec.query, name);
  if (kept) return kept;
  const arena = runtime.memory.arena();
  const build = new JoinBuild(runtime, arena, plan.output, keys, false);
  const free = (): void => {
    build.table.free();
    arena.reset();
  };
  try {
    await fill(build);
  } catch (error) {
    free();
    throw neverLess(error);
  }
  runtime.kept.keep(spec.query, name, build, free);
  return build;
}

/** Every task needs the whole table, however little else it has to do. */
function neverLess(thrown: unknown): unknown {
  if (!(thrown instanceof TindraError) || !thrown.wantsLess) return thrown;
  return errorFromJson({ ...thrown.toJSON(), wantsLess: false });
}
