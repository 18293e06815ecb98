import { sameType } from "../../columnar/data-type.ts";
import { impossible, present } from "../../common/assert.ts";
import type { AggregateCall, Expression } from "../../plan/expression.ts";
import { sameExpression } from "../../plan/expression-key.ts";
import { nullableOf } from "../../plan/expression-type.ts";
import type { TaskSettings } from "../task-spec.ts";
import type { AggregateCode, PlannedAggregate } from "./aggregate-code.ts";
import { factsOf, kernelOf } from "./aggregate-kernel.ts";
import { readySlot, slotOf, stateId } from "./state-slot.ts";

/**
 * An aggregate whose state another one of the operator already keeps; null where `leader` does not. Only for phases
 * that update.
 */
export function followingCode(
  follower: PlannedAggregate,
  leader: PlannedAggregate,
  settings: TaskSettings,
): AggregateCode | null {
  const { call } = follower;
  const kernel = kernelOf(call, settings.timeZone);
  const leading = kernelOf(leader.call, settings.timeZone);
  if (kernel.kind !== "slots" || leading.kind !== "slots") return null;
  const read = leading.gives?.[call.name];
  const columns = kernel.state(factsOf(call, settings.timeZone));
  if (!read || !sameRows(call, leader.call)) return null;
  const leaderColumns = leading.state(factsOf(leader.call, settings.timeZone));
  if (
    columns.length !== 1 ||
    !columns.every((c) => leaderColumns.some((l) => sameType(l.type, c.type)))
  )
    return null;
  const stateOf: AggregateCode["stateOf"] = (emitter, group, layout) =>
    read(
      emitter,
      leaderColumns.map((_, i) =>
        slotOf(emitter, group, layout.field(stateId(leader.state, i)), null),
      ),
    );
  return {
    fields: [],
    initialize() {},
    update() {},
    merge() {
      impossible("A following aggregate is not merged");
    },
    stateOf,
    finish(emitter, group, layout) {
      const slots = stateOf(emitter, group, layout).map((value, i) =>
        readySlot(emitter, present(columns[i], "column").type, value),
      );
      return kernel.finish(emitter, slots, factsOf(call, settings.timeZone));
    },
  };
}

/** True if two calls see the same values: the same arguments, or one that counts all rows and one without nulls. */
function sameRows(follower: AggregateCall, leader: AggregateCall): boolean {
  if (follower.distinct || leader.distinct) return false;
  if (!sameOptional(follower.filter, leader.filter)) return false;
  if (
    follower.args.length === leader.args.length &&
    follower.args.every((arg, i) => sameOptional(arg, leader.args[i]))
  )
    return true;
  return (
    follower.name === "count" &&
    [...follower.args, ...leader.args].every((argument) => !nullableOf(argument))
  );
}

function sameOptional(a: Expression | null, b: Expression | null | undefined): boolean {
  return a && b ? sameExpression(a, b) : !a && !b;
}
