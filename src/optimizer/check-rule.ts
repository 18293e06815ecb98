import { sameType, simpleString } from "../columnar/data-type.ts";
import { InternalError } from "../common/errors.ts";
import type { Attribute } from "../plan/expression.ts";
import { attributesIn } from "../plan/expression-tree.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { planOutput } from "../plan/plan-output.ts";
import { mapPlanExpressions, planChildren } from "../plan/plan-tree.ts";

/**
 * Throws where a rule broke the plan: its output's ids, names or types changed, a column became nullable, or an
 * expression reads a column that its children do not put out.
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
  checkReferences(rule, after);
}

const isKept = (before: Attribute, after: Attribute): boolean =>
  before.id === after.id &&
  before.name === after.name &&
  sameType(before.type, after.type) &&
  (before.nullable || !after.nullable);

const describe = (a: Attribute): string =>
  `${a.name}#${a.id} ${simpleString(a.type)}${a.nullable ? "" : " not null"}`;

function checkReferences(rule: string, plan: LogicalPlan): void {
  const children = planChildren(plan);
  for (const child of children) checkReferences(rule, child);
  const inputs = plan.kind === "relation" ? plan.output : children.flatMap(inputOf);
  const byId = new Map(inputs.map((a) => [a.id, a]));
  mapPlanExpressions(plan, (expression) => {
    for (const attribute of attributesIn(expression)) {
      const input = byId.get(attribute.id);
      if (!input) broken(rule, `a ${plan.kind} reads ${describe(attribute)}, which is not there`);
      else if (!sameType(input.type, attribute.type))
        broken(rule, `a ${plan.kind} reads ${describe(attribute)} of ${describe(input)}`);
    }
    return expression;
  });
}

/** A join's condition and expressions over it see both sides of a semi join. */
const inputOf = (child: LogicalPlan): readonly Attribute[] => planOutput(child);

function broken(rule: string, what: string): never {
  throw new InternalError({
    condition: "INTERNAL_ERROR",
    message: `The optimizer rule ${rule} broke the plan: ${what}`,
    sqlState: "XX000",
    details: { rule },
  });
}
