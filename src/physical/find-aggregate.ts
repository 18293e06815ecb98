import type { AggregateBuiltin } from "../builtins/builtin.ts";
import { findBuiltin } from "../builtins/registry.ts";
import { InternalError } from "../common/errors.ts";

/** The aggregate of a name that analysis has resolved. */
export function findAggregate(name: string): AggregateBuiltin {
  const builtin = findBuiltin(name);
  if (builtin?.kind === "aggregate") return builtin;
  throw new InternalError({
    condition: "INTERNAL_ERROR",
    message: `\`${name}\` is not an aggregate function`,
    sqlState: "XX000",
  });
}
