import type { AggregateBuiltin, Argument, Builtin, Signature } from "../builtins/builtin.ts";
import { findBuiltin } from "../builtins/registry.ts";
import { sqlType } from "../columnar/sql-type.ts";
import type { Expression, UnresolvedCall } from "../plan/expression.ts";
import { nullableOf, typeOf } from "../plan/expression-type.ts";
import { intLiteral, TRUE } from "../plan/literal.ts";
import { columnName } from "../plan/print-expression.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError, withPosition } from "./analysis-error.ts";
import { betweenTypes } from "./between-types.ts";
import { booleanEquality } from "./boolean-equality.ts";
import { castFunctionType } from "./cast-function-type.ts";
import { asCondition, castOf, coerce } from "./coerce.ts";
import { constantOf, isConstantExpression, namedConstantOf } from "./constant-of.ts";
import { containsAggregate, firstAggregate } from "./contains-aggregate.ts";
import { currentValueOf } from "./current-values.ts";
import { decodeCase } from "./decode-case.ts";
import { extractField } from "./extract-field.ts";
import { structCall } from "./struct-call.ts";
import { unknownRoutine } from "./unknown-routine.ts";

/** A call and its resolved arguments. */
export interface CallParts {
  readonly call: UnresolvedCall;
  /** The arguments as written, stars expanded: their names are the field names of `struct`. */
  readonly written: readonly Expression[];
  readonly args: readonly Expression[];
  readonly filter: Expression | null;
  readonly isCountStar: boolean;
}

/** A call of a builtin, its arguments under the casts it wants. */
export function resolveCall(parts: CallParts, analysis: Analysis): Expression {
  const { call, args } = parts;
  try {
    return specialCall(parts, analysis) ?? builtinCall(parts, args, analysis);
  } catch (error) {
    throw withPosition(error, call.position);
  }
}

/** A call of a builtin by name, with arguments already resolved. */
export function callBuiltin(
  name: string,
  args: readonly Expression[],
  analysis: Analysis,
): Expression {
  const call: UnresolvedCall = {
    kind: "unresolvedCall",
    name,
    args,
    distinct: false,
    filter: null,
    ignoreNulls: false,
    position: null,
  };
  return resolveCall({ call, written: args, args, filter: null, isCountStar: false }, analysis);
}

function specialCall(parts: CallParts, analysis: Analysis): Expression | null {
  const { call, args } = parts;
  const name = call.name.toLowerCase();
  if (name === "struct") return structCall(parts, analysis);
  const [base, field] = args;
  if (name === "getfield" && base && field?.kind === "literal")
    return extractField(base, String(field.value), call.position, analysis);
  if (base && (name === "is unknown" || name === "is not unknown"))
    return isUnknown(base, name === "is unknown" ? "isnull" : "isnotnull", analysis);
  const type = castFunctionType(name);
  const [only] = args;
  if (type !== null && only !== undefined && args.length === 1)
    return castOf(only, { type, mode: "unset", implicit: true }, call.position, analysis);
  return (
    booleanEquality(name, args, analysis) ??
    betweenTypes(name, args, analysis) ??
    decodeCase(name, args, analysis, (value, search) =>
      callBuiltin("<=>", [value, search], analysis),
    ) ??
    currentValueOf(name, args.length, call.position, analysis)
  );
}

/** `value IS [NOT] UNKNOWN`: the null test of a boolean; Spark checks only that a literal is one. */
function isUnknown(
  value: Expression,
  test: "isnull" | "isnotnull",
  analysis: Analysis,
): Expression {
  const { kind } = typeOf(value);
  const call = callBuiltin(test, [value], analysis);
  if (kind === "boolean" || kind === "null" || value.kind !== "literal") return call;
  throw analysisError(
    "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
    "42K09",
    `Cannot resolve "${columnName(call)}" due to data type mismatch: The first parameter requires the "BOOLEAN" type, however "${columnName(value)}" has the type "${sqlType(typeOf(value))}".`,
  );
}

/** With IGNORE NULLS as syntax, these are their shorter names, in a column's name too. */
const SKIPPING_NULLS: ReadonlyMap<string, string> = new Map([
  ["first_value", "first"],
  ["last_value", "last"],
]);

function builtinCall(
  parts: CallParts,
  given: readonly Expression[],
  analysis: Analysis,
): Expression {
  const { call } = parts;
  const written = (call.ignoreNulls && SKIPPING_NULLS.get(call.name.toLowerCase())) || call.name;
  const builtin = findBuiltin(written);
  if (builtin === undefined) throw unknownRoutine(call);
  const args = parts.isCountStar
    ? [intLiteral(1)]
    : call.ignoreNulls && builtin.kind === "aggregate"
      ? [...given, TRUE]
      : given;
  const signature = signatureOf(builtin, call, args, analysis);
  const mode = builtin.kind === "scalar" && builtin.triesArguments ? "try" : undefined;
  const coerced = args.map((arg, i) => {
    const value = coerce(arg, signature.args[i] ?? typeOf(arg), analysis, mode);
    return signature.constants?.includes(i) ? namedConstantOf(value, analysis) : value;
  });
  const shared = {
    name: builtin.name,
    ...aliasOf(builtin, written),
    args: Object.freeze(coerced),
    type: signature.type,
    nullable: signature.nullable ?? coerced.some(nullableOf),
    ansi: analysis.settings.ansi,
  };
  if (builtin.kind === "aggregate") return aggregateCall(parts, args, builtin, shared);
  refuseAggregateSyntax(call);
  return Object.freeze({ kind: "call", ...shared });
}

function signatureOf(
  builtin: Builtin,
  call: UnresolvedCall,
  args: readonly Expression[],
  analysis: Analysis,
): Signature {
  const facts: readonly Argument[] = args.map((arg) => ({
    type: typeOf(arg),
    nullable: nullableOf(arg),
    get isConstant() {
      return isConstantExpression(arg);
    },
    ...(arg.kind === "literal" && arg.name === undefined ? { literal: { value: arg.value } } : {}),
    get constant() {
      return isConstantExpression(arg) ? constantOf(arg, analysis) : undefined;
    },
    get sql() {
      return columnName(arg, analysis.settings.timeZone);
    },
  }));
  return builtin.resolve(facts, { ansi: analysis.settings.ansi, name: call.name.toLowerCase() });
}

function aliasOf(builtin: Builtin, written: string): { readonly alias?: string } {
  const name = written.toLowerCase();
  return name === builtin.name ? {} : { alias: name };
}

function aggregateCall(
  parts: CallParts,
  args: readonly Expression[],
  builtin: AggregateBuiltin,
  shared: Omit<Expression & { kind: "aggregate" }, "kind" | "distinct" | "filter">,
): Expression {
  if (args.some(containsAggregate))
    throw analysisError(
      "NESTED_AGGREGATE_FUNCTION",
      "42607",
      "It is not allowed to use an aggregate function in the argument of another aggregate function. Please use the inner aggregate function in a sub-query.",
      parts.call.position,
      { function: builtin.name },
    );
  if (parts.call.distinct && builtin.refusesDistinct) throw distinctUnsupported(builtin.name);
  const filter = parts.filter && aggregateFilter(parts.filter);
  return Object.freeze({ kind: "aggregate", ...shared, distinct: parts.call.distinct, filter });
}

function distinctUnsupported(name: string): Error {
  return analysisError(
    "INVALID_WITHIN_GROUP_EXPRESSION.DISTINCT_UNSUPPORTED",
    "42K0K",
    `Invalid function \`${name}\` with WITHIN GROUP. The function does not support DISTINCT with WITHIN GROUP.`,
  );
}

function aggregateFilter(filter: Expression): Expression {
  const text = columnName(filter);
  const start = `The FILTER expression "${text}" in an aggregate function is invalid.`;
  const condition = asCondition(filter);
  if (condition === null)
    throw analysisError(
      "INVALID_AGGREGATE_FILTER.NOT_BOOLEAN",
      "42903",
      `${start} Expected a FILTER expression of the BOOLEAN type.`,
    );
  const inner = firstAggregate(filter);
  if (inner !== null)
    throw analysisError(
      "INVALID_AGGREGATE_FILTER.CONTAINS_AGGREGATE",
      "42903",
      `${start} Expected a FILTER expression without an aggregation, but found "${columnName(inner)}".`,
    );
  return condition;
}

function refuseAggregateSyntax(call: UnresolvedCall): void {
  const syntax = call.distinct
    ? "DISTINCT"
    : call.filter !== null
      ? "FILTER CLAUSE"
      : call.ignoreNulls
        ? "IGNORE NULLS"
        : null;
  if (syntax === null) return;
  throw analysisError(
    "INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX",
    "42000",
    `Invalid SQL syntax: The function \`${call.name.toLowerCase()}\` does not support ${syntax}.`,
    call.position,
  );
}
