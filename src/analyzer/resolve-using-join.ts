import { aliasOf } from "../plan/alias.ts";
import { allOf } from "../plan/conjuncts.ts";
import type { Attribute } from "../plan/expression.ts";
import type { Join, LogicalPlan } from "../plan/logical-plan.ts";
import { planOutput, toAttribute } from "../plan/plan-output.ts";
import { projectOf } from "../plan/project-of.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError } from "./analysis-error.ts";
import { quotedName, sameName } from "./quoted-name.ts";
import { callBuiltin } from "./resolve-call.ts";
import { type Resolved, resolvedPlan } from "./resolved.ts";

interface KeyPair {
  readonly left: Attribute;
  readonly right: Attribute;
}

/**
 * `JOIN … USING (…)` and NATURAL: the keys come first, once; the other side's are found by qualified names only.
 */
export function resolveUsingJoin(
  node: Join,
  using: readonly string[] | "natural",
  left: Resolved,
  right: Resolved,
  analysis: Analysis,
): Resolved {
  const names = using === "natural" ? commonNames(left, right) : using;
  const keys = names.map((name) => ({
    left: keyOf(name, left, "left"),
    right: keyOf(name, right, "right"),
  }));
  const condition = allOf(keys.map((key) => callBuiltin("=", [key.left, key.right], analysis)));
  const join: Join = Object.freeze({
    ...node,
    condition,
    using: null,
    left: left.plan,
    right: right.plan,
  });
  if (node.type === "full") return fullJoin(join, keys, left, right, analysis);
  return keyedJoin(join, keys, left, right);
}

function commonNames(left: Resolved, right: Resolved): readonly string[] {
  const named = (side: readonly Attribute[], name: string): number =>
    side.filter((attribute) => sameName(attribute.name, name)).length;
  return left.visible
    .filter(({ name }, i) => named(left.visible.slice(0, i), name) < named(right.visible, name))
    .map(({ name }) => name);
}

/** Of several columns with the name Spark takes the first. */
function keyOf(name: string, side: Resolved, which: "left" | "right"): Attribute {
  const column = side.visible.find((attribute) => sameName(attribute.name, name));
  if (column) return column;
  const columns = side.visible.map((a) => quotedName([a.name])).sort();
  throw analysisError(
    "UNRESOLVED_USING_COLUMN_FOR_JOIN",
    "42703",
    `USING column ${quotedName([name])} cannot be resolved on the ${which} side of the join. The ${which}-side columns: [${columns.join(", ")}].`,
    null,
    { colName: name, side: which, suggestion: columns },
  );
}

function keyedJoin(
  join: Join,
  keys: readonly KeyPair[],
  left: Resolved,
  right: Resolved,
): Resolved {
  const fresh = freshener(join);
  const leftKeys = keys.map((key) => key.left);
  const rightKeys = keys.map((key) => key.right);
  if (join.type === "semi" || join.type === "anti")
    return resolvedPlan(join, [left, right], {
      visible: fresh([...leftKeys, ...without(left.visible, leftKeys)]),
      qualifiedOnly: left.qualifiedOnly,
    });
  const [shown, hidden] = join.type === "right" ? [rightKeys, leftKeys] : [leftKeys, rightKeys];
  return resolvedPlan(join, [left, right], {
    visible: fresh([
      ...shown,
      ...without(left.visible, leftKeys),
      ...without(right.visible, rightKeys),
    ]),
    qualifiedOnly: fresh([...hidden, ...left.qualifiedOnly, ...right.qualifiedOnly]),
  });
}

/** A full join shows whichever side's key is there. */
function fullJoin(
  join: Join,
  keys: readonly KeyPair[],
  left: Resolved,
  right: Resolved,
  analysis: Analysis,
): Resolved {
  const fresh = freshener(join);
  const leftKeys = keys.map((key) => key.left);
  const rightKeys = keys.map((key) => key.right);
  const merged = keys.map((key) =>
    aliasOf(
      analysis.freshId(),
      key.left.name,
      callBuiltin("coalesce", fresh([key.left, key.right]), analysis),
    ),
  );
  const plan: LogicalPlan = projectOf(join, [...merged, ...planOutput(join)]);
  return resolvedPlan(plan, [left, right], {
    visible: [
      ...merged.map(toAttribute),
      ...fresh([...without(left.visible, leftKeys), ...without(right.visible, rightKeys)]),
    ],
    qualifiedOnly: fresh([
      ...leftKeys,
      ...rightKeys,
      ...left.qualifiedOnly,
      ...right.qualifiedOnly,
    ]),
  });
}

/** The attributes with the nullability that they have above the join. */
function freshener(join: Join): (attributes: readonly Attribute[]) => readonly Attribute[] {
  const output = new Map(planOutput(join).map((attribute) => [attribute.id, attribute]));
  return (attributes) =>
    attributes.map((attribute) => {
      const nullable = output.get(attribute.id)?.nullable ?? attribute.nullable;
      return nullable === attribute.nullable
        ? attribute
        : Object.freeze({ ...attribute, nullable });
    });
}

function without(
  attributes: readonly Attribute[],
  keys: readonly Attribute[],
): readonly Attribute[] {
  return attributes.filter((attribute) => !keys.some((key) => key.id === attribute.id));
}
