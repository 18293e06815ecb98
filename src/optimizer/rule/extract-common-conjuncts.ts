import { allOf, anyOf, conjunctsOf, flattenCalls, isCall } from "../../plan/conjuncts.ts";
import type { Expression } from "../../plan/expression.ts";
import { expressionKey } from "../../plan/expression-key.ts";
import type { LogicalPlan } from "../../plan/logical-plan.ts";
import { mayFail } from "../../plan/may-fail.ts";
import { transformPlan } from "../../plan/plan-tree.ts";
import { isDeterministic } from "../expression-facts.ts";
import type { Rule } from "../rule.ts";

/** `(a AND x) OR (a AND y)` is `a AND (x OR y)`: what all alternatives ask for can be pushed down or joined by. */
export const extractCommonConjuncts: Rule = {
  name: "ExtractCommonConjuncts",
  example: { before: "(a AND x) OR (a AND y)", after: "a AND (x OR y)" },
  apply: (plan) => transformPlan(plan, extractInNode),
};

function extractInNode(node: LogicalPlan): LogicalPlan {
  if (node.kind !== "filter" && node.kind !== "join") return node;
  if (node.condition === null) return node;
  const conjuncts = conjunctsOf(node.condition);
  const extracted = conjuncts.flatMap(extract);
  if (extracted.length === conjuncts.length && extracted.every((e, i) => e === conjuncts[i]))
    return node;
  const condition = allOf(extracted);
  return condition === null ? node : (Object.freeze({ ...node, condition }) as LogicalPlan);
}

function extract(conjunct: Expression): readonly Expression[] {
  if (!isCall(conjunct, "or")) return [conjunct];
  const alternatives = flattenCalls("or", conjunct).map(conjunctsOf);
  const [first, ...others] = alternatives;
  if (!first) return [conjunct];
  const keysOfOthers = others.map((alternative) => new Set(alternative.map(expressionKey)));
  const common = first.filter(
    (e) =>
      isDeterministic(e) && !mayFail(e) && keysOfOthers.every((keys) => keys.has(expressionKey(e))),
  );
  if (common.length === 0) return [conjunct];
  const commonKeys = new Set(common.map(expressionKey));
  const rests = alternatives.map((alternative) =>
    allOf(alternative.filter((e) => !commonKeys.has(expressionKey(e)))),
  );
  if (!rests.every((rest) => rest !== null)) return common;
  const rest = anyOf(rests);
  return rest === null ? common : [...common, rest];
}
