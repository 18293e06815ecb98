import { AnalysisError } from "../common/errors.ts";
import { expectArgument } from "../common/expect-argument.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { Column } from "./column.ts";
import { joinTypeOf } from "./join-type.ts";

/** One side of a join, and whether it was marked for broadcasting. */
export interface JoinSide {
  readonly plan: LogicalPlan;
  readonly broadcasts: boolean;
}

/** The join of two plans by columns of the same names, by a condition, or by nothing. */
export function joinPlan(
  left: JoinSide,
  right: JoinSide,
  on: string | readonly string[] | Column | null,
  how: string,
): LogicalPlan {
  const type = joinTypeOf(how);
  const hint = right.broadcasts ? "broadcastRight" : left.broadcasts ? "broadcastLeft" : null;
  if (!(on instanceof Column)) {
    const using = on === null ? null : typeof on === "string" ? [on] : keysOf(on);
    if (type === "cross" && using !== null) throw crossWithKeys();
    return Object.freeze({
      kind: "join",
      type: using === null && type === "inner" ? "cross" : type,
      condition: null,
      using: using === null || using.length === 0 ? null : using,
      left: left.plan,
      right: right.plan,
      hint,
    });
  }
  return Object.freeze({
    kind: "join",
    type: type === "cross" ? "inner" : type,
    condition: on.expression,
    using: null,
    left: left.plan,
    right: right.plan,
    hint,
  });
}

function keysOf(on: readonly string[]): readonly string[] {
  const holds = Array.isArray(on) && on.every((name) => typeof name === "string");
  expectArgument(holds, "on", "a Column, a name, or an array of names", on);
  return on;
}

function crossWithKeys(): AnalysisError {
  return new AnalysisError({
    condition: "UNSUPPORTED_JOIN_TYPE",
    message: "A cross join takes no columns to join by; use an inner join",
    sqlState: "0A000",
  });
}
