import { type DataType, INT, isNested } from "../../columnar/data-type.ts";
import { assert } from "../../common/assert.ts";
import { aliasOf } from "../../plan/alias.ts";
import { booleanCall } from "../../plan/conjuncts.ts";
import type { AggregateCall, Attribute, Expression, Literal } from "../../plan/expression.ts";
import { expressionKey } from "../../plan/expression-key.ts";
import { transformExpressionDown } from "../../plan/expression-tree.ts";
import { nullableOf, typeOf } from "../../plan/expression-type.ts";
import { literal, longLiteral } from "../../plan/literal.ts";
import type { Aggregate, LogicalPlan } from "../../plan/logical-plan.ts";
import { mayFail } from "../../plan/may-fail.ts";
import { toAttribute } from "../../plan/plan-output.ts";
import { transformPlan } from "../../plan/plan-tree.ts";
import { type DividedCalls, distinctArguments, divideCalls } from "../distinct-groups.ts";
import { aggregateOf } from "../nodes.ts";
import type { Rule, RuleContext } from "../rule.ts";

/**
 * Aggregates over DISTINCT values become two groupings: by keys and values, which leaves each value once, then by
 * keys. Where there are several sets of values, or other aggregates beside them, each row is first repeated for
 * each, told apart by a number.
 */
export const rewriteDistinctAggregates: Rule = {
  name: "RewriteDistinctAggregates",
  example: {
    before: "SELECT count(DISTINCT a) FROM t",
    after: "SELECT count(a) FROM (SELECT a FROM t GROUP BY a)",
  },
  mandatory: true,
  apply: (plan, context) =>
    transformPlan(plan, (node) => (node.kind === "aggregate" ? rewrite(node, context) : node)),
};

function rewrite(aggregate: Aggregate, context: RuleContext): LogicalPlan {
  const calls = divideCalls(aggregate);
  const [only, ...others] = calls.groups;
  if (!only) return withoutPointlessDistinct(aggregate);
  return others.length === 0 && calls.regular.length === 0
    ? twoLevels(aggregate, only.args, context)
    : expanded(aggregate, calls, context);
}

function withoutPointlessDistinct(aggregate: Aggregate): LogicalPlan {
  const outputs = replaceIn(aggregate.aggregates, (e) =>
    e.kind === "aggregate" && e.distinct ? Object.freeze({ ...e, distinct: false }) : null,
  );
  const isSame = outputs.every((e, i) => e === aggregate.aggregates[i]);
  return isSame ? aggregate : aggregateOf(aggregate.child, aggregate.grouping, outputs);
}

/** What expressions of the query become over the columns of a lower plan. */
type Columns = Map<string, Attribute>;

function twoLevels(
  aggregate: Aggregate,
  args: readonly Expression[],
  context: RuleContext,
): LogicalPlan {
  const columns: Columns = new Map();
  const named = [...aggregate.grouping, ...args].flatMap((expression) => {
    const key = expressionKey(expression);
    if (columns.has(key)) return [];
    const name = nameFor(expression, context);
    columns.set(key, toAttribute(name));
    return [name];
  });
  const grouping = named.map((e) => (e.kind === "alias" ? e.child : e));
  const inner = aggregateOf(aggregate.child, grouping, named);
  return aggregateOf(
    inner,
    aggregate.grouping.map((key) => columnFor(key, columns)),
    outputsOver(aggregate, columns, (call) =>
      Object.freeze({
        ...call,
        distinct: false,
        filter: null,
        args: argumentsOver(call, columns),
      }),
    ),
  );
}

/** The number of the copy of a row that aggregates without DISTINCT read; those of sets of values follow. */
const REGULAR = 0;

function expanded(
  aggregate: Aggregate,
  { groups, regular }: DividedCalls,
  context: RuleContext,
): LogicalPlan {
  const keys: Columns = new Map();
  for (const key of aggregate.grouping)
    keys.set(expressionKey(key), key.kind === "attribute" ? key : columnOf(key, "key", context));
  const values: Columns = new Map();
  for (const arg of groups.flatMap((group) => group.args))
    values.set(expressionKey(arg), columnOf(arg, "value", context));
  const inputs = regularInputs(regular, context);
  const copy = attributeOf(context, "copy", INT, false);
  const projections = copies(groups, values, inputs, regular.length > 0).map((cells) => [
    ...[...aggregate.grouping],
    ...cells,
  ]);
  const keyColumns = aggregate.grouping.flatMap((key) => keys.get(expressionKey(key)) ?? []);
  const output = [...keyColumns, ...values.values(), ...inputs.columns.values(), copy];
  const expand: LogicalPlan = Object.freeze({
    kind: "expand",
    projections,
    output: Object.freeze(output),
    child: aggregate.child,
  });
  const results = new Map(
    regular.map((call) => [
      expressionKey(call),
      attributeOf(context, call.name, call.type, call.nullable),
    ]),
  );
  const grouping = [...keyColumns, ...values.values(), copy];
  const first = aggregateOf(expand, grouping, [
    ...grouping,
    ...regular.map((call) => regularResult(call, inputs.columns, results)),
  ]);
  const turn = new Map(groups.flatMap((g, i) => g.calls.map((c) => [expressionKey(c), i + 1])));
  return aggregateOf(
    first,
    keyColumns,
    outputsOver(aggregate, keys, (call) => {
      const result = results.get(expressionKey(call));
      if (result) return pickResult(call, result, copy);
      return Object.freeze({
        ...call,
        distinct: false,
        filter: isCopy(copy, turn.get(expressionKey(call)) ?? REGULAR),
        args: argumentsOver(call, values),
      });
    }),
  );
}

interface Inputs {
  readonly expressions: readonly Expression[];
  readonly columns: Columns;
}

/** What the aggregates without DISTINCT read, each once. Constants stay where they are. */
function regularInputs(regular: readonly AggregateCall[], context: RuleContext): Inputs {
  const columns: Columns = new Map();
  const expressions: Expression[] = [];
  for (const call of regular)
    for (const input of inputsOf(call)) {
      const key = expressionKey(input);
      if (input.kind === "literal" || columns.has(key)) continue;
      columns.set(key, columnOf(input, "input", context));
      expressions.push(input);
    }
  return { expressions, columns };
}

/** The arguments and the filter. An argument that may fail is only evaluated on rows that pass the filter. */
function inputsOf({ args, filter }: AggregateCall): readonly Expression[] {
  return filter ? [...args.map((arg) => filteredArgument(arg, filter)), filter] : args;
}

function filteredArgument(arg: Expression, filter: Expression): Expression {
  if (!mayFail(arg)) return arg;
  return Object.freeze({
    kind: "case",
    branches: [{ when: filter, result: arg }],
    otherwise: null,
  });
}

/** The cells of each copy of a row behind its keys: values, inputs, the copy's number. */
function copies(
  groups: DividedCalls["groups"],
  values: Columns,
  inputs: Inputs,
  hasRegular: boolean,
): readonly (readonly Expression[])[] {
  const all = new Map(groups.flatMap((g) => g.args.map((arg) => [expressionKey(arg), arg])));
  const valueKeys = [...values.keys()];
  const nulls = inputs.expressions.map(nullLike);
  const ofGroups = groups.map((group, i) => {
    const own = new Set(group.args.map(expressionKey));
    const cells = valueKeys.flatMap((key) => {
      const arg = all.get(key);
      if (!arg) return [];
      return [own.has(key) ? arg : nullLike(arg)];
    });
    return [...cells, ...nulls, int(i + 1)];
  });
  if (!hasRegular) return ofGroups;
  const ofRegular = [...all.values()].map(nullLike);
  return [[...ofRegular, ...inputs.expressions, int(REGULAR)], ...ofGroups];
}

function regularResult(
  call: AggregateCall,
  columns: Columns,
  results: ReadonlyMap<string, Attribute>,
): Expression {
  const inputs = inputsOf(call).map((input) => columns.get(expressionKey(input)) ?? input);
  const child: AggregateCall = Object.freeze({
    ...call,
    distinct: false,
    args: inputs.slice(0, call.args.length),
    filter: call.filter && (inputs.at(-1) ?? null),
  });
  const result = results.get(expressionKey(call));
  return result ? aliasOf(result.id, result.name, child) : child;
}

/** The one row of a group that holds the result; over no rows at all there is none. */
function pickResult(call: AggregateCall, result: Attribute, copy: Attribute): Expression {
  const picked: AggregateCall = Object.freeze({
    kind: "aggregate",
    name: isNested(call.type) || call.type.kind === "binary" ? "first" : "max",
    args: [result],
    distinct: false,
    filter: isCopy(copy, REGULAR),
    type: call.type,
    nullable: true,
    ansi: call.ansi,
  });
  if (call.nullable) return picked;
  return Object.freeze({
    kind: "call",
    name: "coalesce",
    args: [picked, ofNoRows(call.type)],
    type: call.type,
    nullable: false,
    ansi: call.ansi,
  });
}

/** Result over no rows of an aggregate that is never null: no values, or a count of 0. */
function ofNoRows(type: DataType): Literal {
  assert(type.kind === "array" || type.kind === "long", "An aggregate without a result of no rows");
  return type.kind === "array" ? literal(type, []) : longLiteral(0n);
}

/** The grouping's output over lower columns: keys are those columns, calls are what `change` makes of them. */
function outputsOver(
  aggregate: Aggregate,
  keys: Columns,
  change: (call: AggregateCall) => Expression,
): readonly Expression[] {
  const grouping = new Map(
    aggregate.grouping.map((key) => [expressionKey(key), columnFor(key, keys)]),
  );
  return replaceIn(aggregate.aggregates, (e) =>
    e.kind === "aggregate" ? change(e) : (grouping.get(expressionKey(e)) ?? null),
  );
}

function replaceIn(
  expressions: readonly Expression[],
  change: (expression: Expression) => Expression | null,
): readonly Expression[] {
  return expressions.map((e) =>
    e.kind === "alias" ? transformExpressionDown(e, (node) => change(node) ?? node) : e,
  );
}

function nameFor(expression: Expression, context: RuleContext): Expression {
  if (expression.kind === "attribute") return expression;
  return aliasOf(context.freshId(), "value", expression);
}

const argumentsOver = (call: AggregateCall, columns: Columns): readonly Expression[] =>
  distinctArguments(call).map(({ expression, isValue }) =>
    isValue ? columnFor(expression, columns) : expression,
  );

function columnFor(expression: Expression, columns: Columns): Expression {
  return columns.get(expressionKey(expression)) ?? expression;
}

const columnOf = (expression: Expression, name: string, context: RuleContext): Attribute =>
  attributeOf(
    context,
    expression.kind === "attribute" ? expression.name : name,
    typeOf(expression),
    name !== "key" || nullableOf(expression),
  );

const attributeOf = (
  context: RuleContext,
  name: string,
  type: Attribute["type"],
  nullable: boolean,
): Attribute =>
  Object.freeze({ kind: "attribute", id: context.freshId(), name, type, nullable, qualifier: [] });

const isCopy = (copy: Attribute, number: number): Expression =>
  booleanCall("=", [copy, int(number)]);

const int = (value: number): Literal => Object.freeze({ kind: "literal", type: INT, value });

const nullLike = (expression: Expression): Literal =>
  Object.freeze({ kind: "literal", type: typeOf(expression), value: null });
