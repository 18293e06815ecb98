import type { Argument, Builtin } from "../../src/builtins/builtin.ts";
import { type DataType, NULL, STRING, sameType } from "../../src/columnar/data-type.ts";
import { TindraError } from "../../src/common/errors.ts";
import { evaluateConstant } from "../../src/exec/evaluate-constant.ts";
import { parseDataType } from "../../src/sql/parse.ts";
import { analyzePlan, catalogOf, queryOf } from "../support/analysis.ts";
import { exampleArguments, textsFor } from "./argument-texts.ts";
import { ASKED_BUILTINS } from "./asked-builtins.ts";
import type { Dice } from "./dice.ts";
import { CAST_TARGETS, type PooledType, TYPE_POOL } from "./type-pool.ts";
import { TAKES_A_WORD, writeCall } from "./write-call.ts";

/** An expression as SQL, and what is known of it when it becomes an argument. */
export interface Piece {
  readonly sql: string;
  readonly argument: Argument;
}

/** Parts of random expressions. */
export interface Ingredients {
  readonly dice: Dice;
  readonly ansi: boolean;
  /** Columns of `edge` and `plain` may be used. */
  readonly columns: boolean;
}

const SCALARS = ASKED_BUILTINS.filter(({ kind }) => kind === "scalar");
const MAX_TRIES = 60;
/** Calls without these many arguments read the clock. */
const MIN_ARGUMENTS: { readonly [name: string]: number } = { unix_timestamp: 1 };

const constants = new Map<string, Argument>();

/** A constant with its value, as the analyzer knows it. */
function constantOf(sql: string): Argument {
  const known = constants.get(sql);
  if (known !== undefined) return known;
  const evaluate = (expression: Parameters<typeof evaluateConstant>[0]) =>
    evaluateConstant(expression, { ansi: true, timeZone: "UTC" });
  const plan = analyzePlan(queryOf(`SELECT ${sql}`), catalogOf({}), {}, evaluate);
  const [expression] = plan.kind === "project" ? plan.expressions : [];
  if (expression === undefined) throw new TypeError(`${sql} is no constant`);
  const { type, value } = evaluate(expression);
  const constant = { type, nullable: value === null, literal: { value }, isConstant: true, sql };
  constants.set(sql, constant);
  return constant;
}

const constant = (sql: string): Piece => ({ sql, argument: constantOf(sql) });

const computed = (sql: string, type: DataType): Piece => ({
  sql,
  argument: { type, nullable: true, isConstant: false, sql },
});

function leafOf(pooled: PooledType, { dice, columns }: Ingredients): Piece {
  const { column, literals, type } = pooled;
  if (columns && column !== null && (literals.length === 0 || dice.chance(0.65)))
    return computed(column, type);
  if (literals.length === 0) return constant("NULL");
  return constant(dice.chance(0.5) ? dice.pick(literals.slice(0, 4)) : dice.pick(literals));
}

/** A column or constant of any type. */
export function randomLeaf(ingredients: Ingredients): Piece {
  return leafOf(ingredients.dice.pick(TYPE_POOL), ingredients);
}

/** A column or constant, a call, a cast, a predicate or a choice. `depth`: so many calls within each other. */
export function randomExpression(ingredients: Ingredients, depth: number): Piece {
  const { dice } = ingredients;
  if (depth <= 0) return randomLeaf(ingredients);
  const kind = dice.below(20);
  if (kind < 3) return randomCast(ingredients, depth);
  if (kind < 5) return randomForm(ingredients, depth);
  return randomCall(dice.pick(SCALARS), ingredients, depth);
}

/** A call of a builtin whose arguments are nearly always of types that its own `resolve` takes, mostly as they are. */
export function randomCall(builtin: Builtin, ingredients: Ingredients, depth: number): Piece {
  const { dice, ansi } = ingredients;
  const name = dice.pick([builtin.name, ...(builtin.aliases ?? [])]);
  const triesUncast = dice.chance(0.75) ? MAX_TRIES / 2 : 0;
  const takesAnything = dice.chance(0.03);
  let args: readonly Piece[] = [];
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    args = randomArguments(builtin, ingredients, tries < MAX_TRIES / 2 ? depth - 1 : 0);
    const call = resolved(builtin, name, args, ansi);
    const fits = call !== null && (tries >= triesUncast || call.uncast);
    if (fits || takesAnything) return computed(writeCall(name, sqlOf(args)), call?.type ?? NULL);
  }
  return computed(writeCall(name, sqlOf(args)), NULL);
}

const sqlOf = (pieces: readonly Piece[]): readonly string[] => pieces.map(({ sql }) => sql);

/** The type of a call and whether all arguments are of the type that the builtin wants; null where it refuses. */
function resolved(
  builtin: Builtin,
  name: string,
  args: readonly Piece[],
  ansi: boolean,
): { readonly type: DataType; readonly uncast: boolean } | null {
  const given = args.map(({ argument }) => argument);
  try {
    const signature = builtin.resolve(given, { ansi, name });
    const uncast = signature.args.every((type, i) => sameType(type, given[i]?.type ?? NULL));
    return { type: signature.type, uncast };
  } catch (error) {
    if (error instanceof TindraError) return null;
    throw error;
  }
}

const COUNTS = [1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 5, 6, 7, 0];

function randomArguments(
  builtin: Builtin,
  ingredients: Ingredients,
  depth: number,
): readonly Piece[] {
  const { dice } = ingredients;
  const words = TAKES_A_WORD.get(builtin.name);
  const examples = exampleArguments(builtin);
  if (words === undefined && examples.length > 0 && dice.chance(0.35))
    return likeExample(dice.pick(examples), builtin, ingredients, depth);
  const count = Math.max(dice.pick(COUNTS), MIN_ARGUMENTS[builtin.name] ?? 0);
  const args = Array.from({ length: count }, (_, i) =>
    randomArgument(builtin, i, ingredients, depth),
  );
  if (words === undefined) return args;
  return [constant(`'${dice.pick(words)}'`), ...args.slice(0, 2)];
}

function randomArgument(
  builtin: Builtin,
  place: number,
  ingredients: Ingredients,
  depth: number,
): Piece {
  const { dice } = ingredients;
  if (LENGTH_PLACES[builtin.name] === place) return constant(dice.pick(LENGTHS));
  const texts = textsFor(builtin, place);
  if (texts.length > 0 && dice.chance(0.6)) return constant(dice.pick(texts));
  if (depth > 0 && dice.chance(0.3)) return randomExpression(ingredients, depth);
  return randomLeaf(ingredients);
}

/** A count of characters, small: texts of gigabytes take Spark out of memory. */
const LENGTH_PLACES: { readonly [name: string]: number } = {
  repeat: 1,
  space: 0,
  lpad: 1,
  rpad: 1,
};
const LENGTHS = ["2", "5", "0", "-1", "9S", "'3'", "NULL", "12L"];

/** The arguments of an example, some replaced by others of the same type or by any. */
function likeExample(
  example: readonly string[],
  builtin: Builtin,
  ingredients: Ingredients,
  depth: number,
): readonly Piece[] {
  const { dice } = ingredients;
  return example.map((sql, i) => {
    const piece = asConstant(sql);
    const wantsOther = dice.chance(0.15) || LENGTH_PLACES[builtin.name] === i;
    if (piece === null || wantsOther) return randomArgument(builtin, i, ingredients, depth);
    if (dice.chance(0.4)) return piece;
    const same = TYPE_POOL.filter(({ type }) => type.kind === piece.argument.type.kind);
    return same.length === 0 ? piece : leafOf(dice.pick(same), ingredients);
  });
}

function asConstant(sql: string): Piece | null {
  try {
    return constant(sql);
  } catch (error) {
    if (error instanceof TindraError || error instanceof TypeError) return null;
    throw error;
  }
}

function randomCast(ingredients: Ingredients, depth: number): Piece {
  const { dice } = ingredients;
  const target = dice.pick(CAST_TARGETS);
  const { sql } =
    depth > 1 && dice.chance(0.4)
      ? randomExpression(ingredients, depth - 1)
      : randomLeaf(ingredients);
  const type = parseDataType(target);
  if (dice.chance(0.1)) return computed(`(${sql})::${target}`, type);
  return computed(`${dice.chance(0.2) ? "TRY_CAST" : "CAST"}(${sql} AS ${target})`, type);
}

type Form = (next: () => string, dice: Dice) => readonly [string, DataType];

const BOOLEAN = parseDataType("BOOLEAN");
const FORMS: readonly Form[] = [
  (next, dice) => [`(${next()} IS ${dice.pick(["", "NOT "])}NULL)`, BOOLEAN],
  (next, dice) => [
    `(${next()} IS ${dice.pick(["TRUE", "NOT TRUE", "FALSE", "UNKNOWN", "NOT UNKNOWN"])})`,
    BOOLEAN,
  ],
  (next, dice) => [`(${next()} IS ${dice.pick(["", "NOT "])}DISTINCT FROM ${next()})`, BOOLEAN],
  (next) => [`(${next()} NOT IN (${next()}, ${next()}, NULL))`, BOOLEAN],
  (next) => [`(${next()} NOT BETWEEN ${next()} AND ${next()})`, BOOLEAN],
  (next) => [`(${next()} <> ${next()})`, BOOLEAN],
  (next) => [`(${next()} LIKE '%a\\_%' ESCAPE '\\\\')`, BOOLEAN],
  (next, dice) => [
    `(c_str ${dice.pick(["LIKE ANY", "NOT LIKE ALL", "ILIKE ALL", "LIKE SOME"])} ('%a%', '_', '${dice.pick(["", "%", "x%"])}'))`.replace(
      "c_str",
      next(),
    ),
    BOOLEAN,
  ],
  (next, dice) => [
    `CASE WHEN ${next()} ${dice.pick(["=", "<", ">", "<=>"])} ${next()} THEN ${next()} ELSE ${next()} END`,
    NULL,
  ],
  (next) => [
    `CASE ${next()} WHEN ${next()} THEN ${next()} WHEN ${next()} THEN ${next()} END`,
    NULL,
  ],
  (next) => [`CASE WHEN ${next()} THEN ${next()} END`, NULL],
  (next, dice) => [
    `trim(${dice.pick(["BOTH", "LEADING", "TRAILING"])} ${dice.pick(["'a'", "' x'", ""])} FROM ${next()})`,
    STRING,
  ],
  (next) => [`substring(${next()} FROM 2 FOR ${next()})`, STRING],
  (next) => [`position('a' IN ${next()})`, parseDataType("INT")],
  (next) => [`overlay(${next()} PLACING ${next()} FROM 2)`, STRING],
  (next, dice) => [
    `${dice.pick("int bigint double string date timestamp binary boolean smallint float".split(" "))}(${next()})`,
    NULL,
  ],
];

function randomForm(ingredients: Ingredients, depth: number): Piece {
  const { dice } = ingredients;
  const next = (): string =>
    (depth > 1 && dice.chance(0.3)
      ? randomExpression(ingredients, depth - 1)
      : randomLeaf(ingredients)
    ).sql;
  const [sql, type] = dice.pick(FORMS)(next, dice);
  return computed(sql, type);
}
