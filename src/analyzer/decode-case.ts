import { STRING } from "../columnar/data-type.ts";
import type { Case, Expression } from "../plan/expression.ts";
import { nullLiteral } from "../plan/literal.ts";
import { columnName } from "../plan/print-expression.ts";
import type { Analysis } from "./analysis.ts";
import { caseOf } from "./coerce.ts";

/**
 * `decode(value, search, result, …, default)` as a CASE: each search is compared with the value in the type of that
 * pair, and nothing behind the first match is evaluated. Null for another call.
 */
export function decodeCase(
  name: string,
  args: readonly Expression[],
  analysis: Analysis,
  isSame: (value: Expression, search: Expression) => Expression,
): Case | null {
  const [value, ...others] = args;
  if (name !== "decode" || value === undefined || others.length < 2) return null;
  const branches: { readonly when: Expression; readonly result: Expression }[] = [];
  for (let i = 0; i + 1 < others.length; i += 2) {
    const [search, result] = others.slice(i, i + 2);
    if (search && result) branches.push({ when: isSame(value, search), result });
  }
  const given = others.length % 2 === 1 ? others.at(-1) : undefined;
  const printed = args.map((arg) => columnName(arg, analysis.settings.timeZone));
  return Object.freeze({
    ...caseOf(branches, given ?? nullLiteral(STRING), analysis),
    name: `decode(${printed.join(", ")})`,
  });
}
