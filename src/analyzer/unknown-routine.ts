import { builtinNames } from "../builtins/registry.ts";
import type { UnresolvedCall } from "../plan/expression.ts";
import { analysisError, notSupported } from "./analysis-error.ts";
import { editDistance, nearest } from "./edit-distance.ts";
import { quotedName } from "./quoted-name.ts";
import { SPARK_FUNCTION_NAMES } from "./spark-function-names.ts";

const GROUPING_ANALYTICS = new Set(["rollup", "cube", "grouping_sets", "grouping", "grouping_id"]);
/** Operators and constructors of nested values. */
const NESTED: ReadonlyMap<string, string> = new Map([
  ["getitem", "an element of an array or map"],
  ["getfield", "a field of a struct"],
  ["struct", "the constructor struct"],
  ["named_struct", "the constructor named_struct"],
  ["array", "the constructor array"],
  ["map", "the constructor map"],
]);
const SEARCH_PATH = "[`system`.`builtin`, `system`.`session`, `spark_catalog`.`default`]";

/** The error for a function without an entry: one that only Spark has, or one that nobody has, with the nearest name if one is near. */
export function unknownRoutine(call: UnresolvedCall): Error {
  const name = call.name.toLowerCase();
  if (GROUPING_ANALYTICS.has(name)) return notSupported(groupingText(name), call.position);
  const nested = NESTED.get(name);
  if (nested !== undefined) return notSupported(nested, call.position);
  if (SPARK_FUNCTION_NAMES.has(name)) return notSupported(`the function ${name}`, call.position);
  const [suggestion] = nearest(name, builtinNames());
  const isNear =
    suggestion !== undefined && editDistance(name, suggestion) <= Math.max(1, name.length / 3);
  return analysisError(
    "UNRESOLVED_ROUTINE",
    "42883",
    `Cannot resolve routine ${quotedName(call.name.split("."))} on search path ${SEARCH_PATH}.${
      isNear ? ` Did you mean ${quotedName([suggestion])}?` : ""
    }`,
    call.position,
    isNear ? { name: call.name, suggestion } : { name: call.name },
  );
}

/** True if it is ROLLUP, CUBE or GROUPING SETS. */
export function isGroupingAnalytics(name: string): boolean {
  return GROUPING_ANALYTICS.has(name.toLowerCase());
}

/** `grouping_sets` as SQL writes it: `GROUPING SETS`. */
export function groupingText(name: string): string {
  return name.toUpperCase().replace("_", name.toLowerCase() === "grouping_sets" ? " " : "_");
}
