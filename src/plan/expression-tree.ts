import { unreachable } from "../common/assert.ts";
import type { Attribute, Expression, FrameBound, SortOrder, WindowSpec } from "./expression.ts";

/** The direct children, in evaluation order. A subquery's plan is not among them. */
export function expressionChildren(expression: Expression): readonly Expression[] {
  const children: Expression[] = [];
  mapChildren(expression, (child) => {
    children.push(child);
    return child;
  });
  return children;
}

/** The same node over new children; the same object where none changed. */
export function mapChildren(
  expression: Expression,
  change: (child: Expression) => Expression,
): Expression {
  switch (expression.kind) {
    case "literal":
    case "attribute":
    case "lambdaVariable":
    case "unresolvedAttribute":
    case "unresolvedStar":
      return expression;
    case "alias":
    case "cast":
      return replaceIfChanged(expression, { child: change(expression.child) });
    case "call":
      return replaceIfChanged(expression, { args: mapList(expression.args, change) });
    case "aggregate":
    case "unresolvedCall":
      return replaceIfChanged(expression, {
        args: mapList(expression.args, change),
        filter: expression.filter && change(expression.filter),
      });
    case "case":
      return replaceIfChanged(expression, {
        branches: mapList(expression.branches, (branch) =>
          replaceIfChanged(branch, { when: change(branch.when), result: change(branch.result) }),
        ),
        otherwise: expression.otherwise && change(expression.otherwise),
      });
    case "window":
      return replaceIfChanged(expression, {
        call: change(expression.call),
        window:
          typeof expression.window === "string"
            ? expression.window
            : mapWindow(expression.window, change),
      });
    case "subquery":
      return replaceIfChanged(expression, { values: mapList(expression.values, change) });
    case "lambda":
      return replaceIfChanged(expression, { body: change(expression.body) });
    default:
      return unreachable(expression);
  }
}

/** Rewrites bottom-up: children first, then the node over its new children. */
export function transformExpression(
  expression: Expression,
  change: (node: Expression) => Expression,
): Expression {
  return change(mapChildren(expression, (child) => transformExpression(child, change)));
}

/** Rewrites top-down: where `change` gives another node, its children are not visited. */
export function transformExpressionDown(
  expression: Expression,
  change: (node: Expression) => Expression,
): Expression {
  const changed = change(expression);
  if (changed !== expression) return changed;
  return mapChildren(expression, (child) => transformExpressionDown(child, change));
}

/** True if any node of the tree, itself included, passes. */
export function someExpression(
  expression: Expression,
  passes: (node: Expression) => boolean,
): boolean {
  return (
    passes(expression) ||
    expressionChildren(expression).some((child) => someExpression(child, passes))
  );
}

/** The attributes of the tree, each id once, in the order met. */
export function attributesIn(...expressions: readonly Expression[]): readonly Attribute[] {
  const found = new Map<number, Attribute>();
  const visit = (node: Expression): void => {
    if (node.kind === "attribute") found.set(node.id, found.get(node.id) ?? node);
    else for (const child of expressionChildren(node)) visit(child);
  };
  for (const expression of expressions) visit(expression);
  return [...found.values()];
}

/** The same order over a changed expression. */
export function mapSortOrder(
  order: SortOrder,
  change: (child: Expression) => Expression,
): SortOrder {
  return replaceIfChanged(order, { expression: change(order.expression) });
}

/** The same window over changed expressions. */
export function mapWindow(spec: WindowSpec, change: (child: Expression) => Expression): WindowSpec {
  const bound = (b: FrameBound): FrameBound =>
    "offset" in b ? replaceIfChanged(b, { offset: change(b.offset) }) : b;
  return replaceIfChanged(spec, {
    partitionBy: mapList(spec.partitionBy, change),
    orderBy: mapList(spec.orderBy, (order) => mapSortOrder(order, change)),
    frame:
      spec.frame &&
      replaceIfChanged(spec.frame, { start: bound(spec.frame.start), end: bound(spec.frame.end) }),
  });
}

/** `Array.map`, but the same array where nothing changed. */
export function mapList<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  const changed = items.map(change);
  return changed.every((item, i) => item === items[i]) ? items : Object.freeze(changed);
}

/** The object with some members replaced; itself where all of them are what they were. */
export function replaceIfChanged<T extends object, K extends keyof T>(
  node: T,
  members: Pick<T, K>,
): T {
  const keys = Object.keys(members) as K[];
  return keys.every((key) => node[key] === members[key])
    ? node
    : Object.freeze({ ...node, ...members });
}
