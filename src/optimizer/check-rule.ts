import { sameType, simpleString } from "../columnar/data-type.ts";
import { InternalError } from "../common/errors.ts";
import type { Attribute } from "../plan/expression.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { checkPlan } from "../plan/plan-invariants.ts";
import { planOutput } from "../plan/plan-output.ts";

/**
 * Throws where a rule broke the plan: its output's ids, names or types changed, a column became nullable, or
 * what holds for every plan no longer does.
 */
export function checkRule(rule: string, before: LogicalPlan, after: LogicalPlan): void {
  const old = planOutput(before);
  const now = planOutput(after);
  if (old.length !== now.length) broken(rule, `${old.length} output columns became ${now.length}`);
  old.forEach((column, i) => {
    const other = now[i];
    if (other === undefined || !isKept(column, other))
      broken(
        rule,
        `output column ${describe(column)} became ${other ? describe(other) : "nothing"}`,
      );
  });
  try {
    checkPlan(after);
  } catch (error) {
    broken(rule, error instanceof Error ? error.message : String(error), error);
  }
}

/** True if the rule's plan can stand for the one before although it is not all that `checkRule` asks: columns may be null. */
export function isPlannable(before: LogicalPlan, after: LogicalPlan): boolean {
  try {
    checkPlan(after);
    const old = planOutput(before);
    const now = planOutput(after);
    return old.length === now.length && old.every((a, i) => isSameColumn(a, now[i]));
  } catch {
    return false;
  }
}

const isSameColumn = (before: Attribute, after: Attribute | undefined): boolean =>
  after !== undefined && before.id === after.id && sameType(before.type, after.type);

const isKept = (before: Attribute, after: Attribute): boolean =>
  isSameColumn(before, after) && before.name === after.name && (before.nullable || !after.nullable);

const describe = (a: Attribute): string =>
  `${a.name}#${a.id} ${simpleString(a.type)}${a.nullable ? "" : " not null"}`;

function broken(rule: string, what: string, cause?: unknown): never {
  throw new InternalError({
    condition: "INTERNAL_ERROR",
    message: `The optimizer rule ${rule} broke the plan: ${what}`,
    sqlState: "XX000",
    details: { rule },
    cause,
  });
}
