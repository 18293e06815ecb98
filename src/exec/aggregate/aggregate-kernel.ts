import type {
  AggregateBuiltin,
  CallFacts,
  HostAggregate,
  SlotAggregate,
} from "../../builtins/builtin.ts";
import { findBuiltin } from "../../builtins/registry.ts";
import { assert } from "../../common/assert.ts";
import { argumentOf } from "../../plan/argument-of.ts";
import type { AggregateCall } from "../../plan/expression.ts";

/** How the call's builtin computes it. */
export function kernelOf(call: AggregateCall, timeZone: string): SlotAggregate | HostAggregate {
  const builtin = findBuiltin(call.name);
  assert(builtin?.kind === "aggregate", `${call.name} is no aggregate function`);
  const { kernel } = builtin as AggregateBuiltin;
  return typeof kernel === "function" ? kernel(factsOf(call, timeZone)) : kernel;
}

/** The call as its builtin sees it. */
export function factsOf(call: AggregateCall, timeZone: string): CallFacts {
  return {
    name: call.name,
    args: call.args.map(argumentOf),
    type: call.type,
    ansi: call.ansi,
    timeZone,
  };
}
