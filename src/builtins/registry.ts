import { AGGREGATE_BUILTINS } from "./aggregate/aggregate-builtins.ts";
import type { Builtin } from "./builtin.ts";
import { TYPEOF } from "./cast/typeof.ts";
import { CONDITIONAL_BUILTINS } from "./conditional/conditional-builtins.ts";
import { DATETIME_BUILTINS } from "./datetime/datetime-builtins.ts";
import { MATH_BUILTINS } from "./math/math-builtins.ts";
import { OPERATORS } from "./operator/operators.ts";
import { REGEXP_BUILTINS } from "./regexp/regexp-builtins.ts";
import { STRING_BUILTINS } from "./string/string-builtins.ts";

/** Every builtin of the engine. A new function is added to the list of its folder, a new folder's list here. */
const BUILTINS: readonly Builtin[] = [
  ...OPERATORS,
  ...CONDITIONAL_BUILTINS,
  TYPEOF,
  ...MATH_BUILTINS,
  ...AGGREGATE_BUILTINS,
  ...STRING_BUILTINS,
  ...REGEXP_BUILTINS,
  ...DATETIME_BUILTINS,
];

const BY_NAME: ReadonlyMap<string, Builtin> = new Map(
  BUILTINS.flatMap((builtin) =>
    [builtin.name, ...(builtin.aliases ?? [])].map((name) => [name, builtin] as const),
  ),
);

/** The builtin of a name or alias, in any case. */
export function findBuiltin(name: string): Builtin | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** All names and aliases, in lower case. */
export function builtinNames(): readonly string[] {
  return [...BY_NAME.keys()];
}

/** All entries, each once. */
export function allBuiltins(): readonly Builtin[] {
  return BUILTINS;
}
