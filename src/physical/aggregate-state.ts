import type { AggregateBuiltin, CallFacts, StateColumn } from "../builtins/builtin.ts";
import { BINARY } from "../columnar/data-type.ts";
import { argumentOf } from "../plan/argument-of.ts";
import type { AggregateCall } from "../plan/expression.ts";

/**
 * The columns that carry an aggregate's state from the partial to the final phase. A host's state is one binary, null
 * where no row was taken.
 */
export function aggregateState(
  builtin: AggregateBuiltin,
  call: AggregateCall,
  timeZone: string,
): readonly StateColumn[] {
  const facts: CallFacts = {
    name: call.name,
    args: call.args.map(argumentOf),
    type: call.type,
    ansi: call.ansi,
    timeZone,
  };
  const kernel = typeof builtin.kernel === "function" ? builtin.kernel(facts) : builtin.kernel;
  if (kernel.kind === "host") return [{ name: "state", type: BINARY, nullable: true }];
  return kernel.state(facts);
}
