import { allOf, anyOf, booleanCall, flattenCalls, isCall } from "../../plan/conjuncts.ts";
import type { Call, Case, Expression } from "../../plan/expression.ts";
import { expressionKey } from "../../plan/expression-key.ts";
import { mapChildren, mapList } from "../../plan/expression-tree.ts";
import { FALSE, TRUE } from "../../plan/literal.ts";
import type { LogicalPlan } from "../../plan/logical-plan.ts";
import { mayFail } from "../../plan/may-fail.ts";
import { mapPlanExpressions, transformPlan } from "../../plan/plan-tree.ts";
import { isDeterministic } from "../expression-facts.ts";
import type { Rule } from "../rule.ts";

/** Drops what does not matter in AND, OR, NOT and CASE; in a filter null is as good as false. */
export const booleanSimplification: Rule = {
  name: "BooleanSimplification",
  example: { before: "a AND true", after: "a" },
  apply: (plan) => transformPlan(plan, simplifyNode),
};

const OPPOSITE: { readonly [name: string]: string } = {
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
};

function simplifyNode(node: LogicalPlan): LogicalPlan {
  const changed = mapPlanExpressions(node, simplifyTree);
  if (changed.kind === "filter") {
    const condition = nullAsFalse(changed.condition);
    if (condition.kind === "literal" && condition.value === true) return changed.child;
    return condition === changed.condition ? changed : Object.freeze({ ...changed, condition });
  }
  if (changed.kind === "join" && changed.condition !== null) {
    const condition = nullAsFalse(changed.condition);
    return condition === changed.condition ? changed : Object.freeze({ ...changed, condition });
  }
  return changed;
}

/** Bottom-up; a chain of one operator is one list, however deep the tree. */
function simplifyTree(expression: Expression): Expression {
  const isList = isCall(expression, "and") || isCall(expression, "or");
  if (!isList) return simplify(mapChildren(expression, simplifyTree));
  const { name } = expression;
  const operands = flattenCalls(name, expression);
  const simplified = mapList(operands, simplifyTree);
  const joined = simplified === operands ? expression : joinedBy(name, simplified, expression);
  return simplify(joined);
}

function joinedBy(
  name: string,
  operands: readonly Expression[],
  otherwise: Expression,
): Expression {
  return (name === "and" ? allOf(operands) : anyOf(operands)) ?? otherwise;
}

function simplify(expression: Expression): Expression {
  if (expression.kind === "case") return simplifyCase(expression);
  if (expression.kind !== "call") return expression;
  switch (expression.name) {
    case "and":
      return simplifyList(expression, true);
    case "or":
      return simplifyList(expression, false);
    case "not":
      return simplifyNot(expression);
    case "in":
      return simplifyIn(expression);
    default:
      return expression;
  }
}

/** AND (`neutral` true) or OR (`neutral` false): neutral operands go, one of the other kind decides, repeats go. */
function simplifyList(call: Call, neutral: boolean): Expression {
  const operands = flattenCalls(call.name, call);
  const kept = new Map<string, Expression>();
  let keepsFailing = false;
  for (const operand of operands) {
    if (operand.kind === "literal" && operand.value === neutral) continue;
    const decides = operand.kind === "literal" && operand.value === !neutral;
    if (decides && !keepsFailing) return neutral ? FALSE : TRUE;
    const key = isDeterministic(operand) ? expressionKey(operand) : `${kept.size}`;
    if (kept.has(key)) continue;
    kept.set(key, operand);
    keepsFailing ||= mayFail(operand);
  }
  if (kept.size === operands.length) return call;
  const rest = [...kept.values()];
  return (neutral ? allOf(rest) : anyOf(rest)) ?? (neutral ? TRUE : FALSE);
}

function simplifyNot(call: Call): Expression {
  const [arg] = call.args;
  if (arg?.kind === "literal" && arg.value !== null) return arg.value === true ? FALSE : TRUE;
  if (arg?.kind !== "call") return call;
  const [first] = arg.args;
  if (arg.name === "not" && first) return first;
  const opposite = OPPOSITE[arg.name];
  if (opposite) return Object.freeze({ ...arg, name: opposite });
  if (arg.name === "or")
    return allOf(flattenCalls("or", arg).map((e) => simplifyNot(booleanCall("not", [e])))) ?? call;
  if (arg.name === "isnull") return Object.freeze({ ...arg, name: "isnotnull" });
  if (arg.name === "isnotnull") return Object.freeze({ ...arg, name: "isnull" });
  return call;
}

function simplifyIn(call: Call): Expression {
  const [value, ...list] = call.args;
  if (!value) return call;
  const unique = [...new Map(list.map((e) => [expressionKey(e), e])).values()];
  const [only] = unique;
  if (unique.length === 1 && only) return booleanCall("=", [value, only]);
  if (unique.length === list.length || !list.every((e) => e.kind === "literal")) return call;
  return Object.freeze({ ...call, args: Object.freeze([value, ...unique]) });
}

function simplifyCase(expression: Case): Expression {
  const possible = expression.branches.filter(
    ({ when }) => !(when.kind === "literal" && when.value !== true),
  );
  const sure = possible.findIndex(({ when }) => when.kind === "literal");
  if (sure === -1 && possible.length === expression.branches.length) return expression;
  const branches = sure === -1 ? possible : possible.slice(0, sure);
  const otherwise = sure === -1 ? expression.otherwise : (possible[sure]?.result ?? null);
  if (branches.length > 0) return Object.freeze({ ...expression, branches, otherwise });
  if (otherwise) return otherwise;
  const type = expression.branches[0]?.result;
  return type
    ? Object.freeze({ ...expression, branches: expression.branches.slice(0, 1) })
    : expression;
}

/** A condition that keeps only rows for which it is true, with null constants in AND and OR turned into false. */
function nullAsFalse(condition: Expression): Expression {
  if (condition.kind === "literal") return condition.value === null ? FALSE : condition;
  if (condition.kind !== "call" || (condition.name !== "and" && condition.name !== "or"))
    return condition;
  const operands = flattenCalls(condition.name, condition);
  const changed = mapList(operands, nullAsFalse);
  if (changed === operands) return condition;
  return simplify(joinedBy(condition.name, changed, condition));
}
