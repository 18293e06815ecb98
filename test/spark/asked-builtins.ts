import type { Builtin } from "../../src/builtins/builtin.ts";
import { allBuiltins } from "../../src/builtins/registry.ts";

/** All builtins that a query can call by name or operator, but those that answer differently each time. */
export const ASKED_BUILTINS: readonly Builtin[] = allBuiltins().filter(
  (builtin) =>
    !builtin.name.includes(" ") &&
    (builtin.kind === "aggregate" || builtin.nondeterministic !== true),
);
