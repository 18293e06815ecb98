import type { Builtin } from "../../src/builtins/builtin.ts";
import { ASKED_BUILTINS } from "./asked-builtins.ts";
import type { Dice } from "./dice.ts";
import {
  type Ingredients,
  type Piece,
  randomCall,
  randomExpression,
  randomLeaf,
} from "./random-expression.ts";

/** A whole query. `ordered`: its rows come in one order only. */
export interface RandomQuery {
  readonly sql: string;
  readonly ordered: boolean;
}

const AGGREGATES = ASKED_BUILTINS.filter(({ kind }) => kind === "aggregate");
const COMPARISONS = ["=", "<", "<=", ">", ">=", "<>", "<=>"];
const JOINS = [
  "JOIN",
  "LEFT JOIN",
  "RIGHT JOIN",
  "FULL JOIN",
  "LEFT SEMI JOIN",
  "LEFT ANTI JOIN",
  "CROSS JOIN",
];
const SET_OPERATIONS = ["UNION ALL", "UNION", "INTERSECT", "EXCEPT", "INTERSECT ALL", "EXCEPT ALL"];
const JOIN_COLUMNS = ["k", "s", "d", "x", "day", "at", "b", "f"];
const PART_COLUMNS = ["k", "s", "v", "d", "x", "a", "r"];
const KEYS = [
  "g",
  "c_bool",
  "c_str",
  "c_dec5",
  "c_double",
  "c_date",
  "c_byte",
  "c_bin",
  "c_ts",
  "c_arr",
  "c_rec",
  "c_ym",
  "c_dt",
  "c_float",
];

const unordered = (sql: string): RandomQuery => ({ sql, ordered: false });
const maybe = (dice: Dice, share: number, text: () => string): string =>
  dice.chance(share) ? text() : "";

/** `edge` fails too often where overflow is an error. */
const tableFor = ({ dice, ansi }: Ingredients): string =>
  dice.chance(ansi ? 0.1 : 0.5) ? "edge" : "plain";

function condition(ingredients: Ingredients): string {
  const { dice } = ingredients;
  if (dice.chance(0.3))
    return `${condition(ingredients)} ${dice.pick(["AND", "OR", "AND NOT"])} ${condition(ingredients)}`;
  for (let tries = 0; tries < 15; tries++) {
    const { sql, argument } = randomExpression(ingredients, 1);
    if (argument.type.kind === "boolean") return sql;
  }
  const { sql } = randomLeaf(ingredients);
  return dice.chance(0.5) ? `${sql} IS NOT NULL` : `id ${dice.pick(COMPARISONS)} ${dice.below(10)}`;
}

const where = (ingredients: Ingredients, share: number): string =>
  maybe(ingredients.dice, share, () => ` WHERE ${condition(ingredients)}`);

/** A call of an aggregate, perhaps of distinct values or of rows of a condition. */
export function randomAggregate(builtin: Builtin, ingredients: Ingredients): Piece {
  const { dice } = ingredients;
  const call = randomCall(builtin, ingredients, dice.chance(0.25) ? 2 : 1);
  const distinct = maybe(dice, 0.15, () => "DISTINCT ");
  const filter = maybe(dice, 0.15, () => ` FILTER (WHERE ${condition(ingredients)})`);
  const sql = call.sql.replace("(", `(${distinct}`) + filter;
  return { ...call, sql };
}

function aggregates(first: Builtin, ingredients: Ingredients): string {
  const { dice } = ingredients;
  const others = dice.several(dice.below(3), () => dice.pick(AGGREGATES));
  const calls = [first, ...others].map((builtin) => randomAggregate(builtin, ingredients).sql);
  if (dice.chance(0.25)) calls.push(`count(DISTINCT ${randomLeaf(ingredients).sql})`);
  if (dice.chance(0.15)) calls.push("count(*)");
  return calls.join(", ");
}

/** A query without or with groups around an aggregate. */
export function aggregateQuery(builtin: Builtin, ingredients: Ingredients): RandomQuery {
  const { dice } = ingredients;
  const table = tableFor(ingredients);
  const from = `FROM ${table}${where(ingredients, 0.25)}`;
  const calls = aggregates(builtin, ingredients);
  if (dice.chance(0.4)) return unordered(`SELECT ${calls} ${from}`);
  const keys = [...new Set(dice.several(1 + dice.below(2), () => dice.pick(KEYS)))];
  if (dice.chance(0.2)) keys.push(randomExpression(ingredients, 1).sql);
  const by = keys.join(", ");
  const having = maybe(
    dice,
    0.15,
    () => ` HAVING count(*) ${dice.pick(COMPARISONS)} ${dice.below(4)}`,
  );
  const ordinals = keys.map(
    (_, i) => `${i + 1}${dice.pick(["", " DESC", " NULLS LAST", " DESC NULLS FIRST"])}`,
  );
  const order = maybe(dice, 0.2, () => ` ORDER BY ${ordinals.join(", ")}`);
  return {
    sql: `SELECT ${by}, ${calls} ${from} GROUP BY ${by}${having}${order}`,
    ordered: order !== "",
  };
}

function sorted(ingredients: Ingredients): RandomQuery {
  const { dice } = ingredients;
  const table = dice.chance(0.7) ? "edge" : "plain";
  const keys = dice.several(1 + dice.below(3), () => {
    const { sql } = dice.chance(0.7) ? { sql: dice.pick(KEYS) } : randomExpression(ingredients, 1);
    return `${sql}${dice.pick(["", " ASC", " DESC"])}${dice.pick(["", " NULLS FIRST", " NULLS LAST"])}`;
  });
  const limit = maybe(dice, 0.6, () => ` LIMIT ${dice.below(12)}`);
  const offset = maybe(dice, 0.3, () => ` OFFSET ${dice.below(9)}`);
  const shown = dice.pick(["id", "id, c_str", "id, c_double, c_arr", "*"]);
  return {
    sql: `SELECT ${shown} FROM ${table}${where(ingredients, 0.2)} ORDER BY ${keys.join(", ")}, id${limit}${offset}`,
    ordered: true,
  };
}

function filtered(ingredients: Ingredients): RandomQuery {
  const shown = ingredients.dice.several(
    1 + ingredients.dice.below(2),
    () => randomLeaf(ingredients).sql,
  );
  return unordered(
    `SELECT id, ${shown.join(", ")} FROM ${tableFor(ingredients)} WHERE ${condition(ingredients)}`,
  );
}

function distinct(ingredients: Ingredients): RandomQuery {
  const { dice } = ingredients;
  const columns = dice.several(1 + dice.below(2), () =>
    dice.chance(0.8) ? dice.pick(KEYS) : randomExpression(ingredients, 1).sql,
  );
  return unordered(`SELECT DISTINCT ${columns.join(", ")} FROM ${tableFor(ingredients)}`);
}

function joinCondition(dice: Dice): string {
  const column = dice.pick(JOIN_COLUMNS);
  const equal = `l.${column} ${dice.pick(["=", "=", "=", "<=>"])} r.${column}`;
  const other = dice.pick([
    `l.b ${dice.pick(COMPARISONS)} r.b`,
    `l.x ${dice.pick(COMPARISONS)} r.x`,
    `l.s ${dice.pick(COMPARISONS)} r.s`,
    "l.f OR r.f",
    "l.d > 1",
    "r.k IS NULL",
    "l.k + 1 = r.k",
    "l.b = r.k",
    "l.day = r.at",
    "lower(l.s) = lower(r.s)",
    "l.d = r.x",
  ]);
  return dice.pick([equal, equal, `${equal} AND ${other}`, `${equal} OR ${other}`, other]);
}

function joined({ dice }: Ingredients): RandomQuery {
  const kind = dice.pick(JOINS);
  const [left, right] = dice.pick([
    ["left_side", "right_side"],
    ["left_side", "right_side"],
    ["left_side", "left_side"],
    ["right_side", "parts"],
  ]);
  const usesParts = right === "parts";
  const on =
    kind === "CROSS JOIN"
      ? ""
      : ` ON ${usesParts ? `l.k = r.k${maybe(dice, 0.5, () => " AND l.s <=> r.s")}` : joinCondition(dice)}`;
  const onlyLeft = kind.includes("SEMI") || kind.includes("ANTI");
  const from = `FROM ${left} l ${kind} ${right} r${on}${maybe(dice, 0.3, () => ` WHERE ${dice.pick(["l.k > 1", "l.s IS NOT NULL", "l.f", "l.b <> 11", "l.x > 0", ...(onlyLeft ? [] : ["r.k = 2", "r.s IS NULL", "coalesce(r.k, 9) > 2"])])}`)}`;
  const [side, key] = onlyLeft
    ? ["l", "l.k"]
    : dice.pick([
        ["r", "l.k"],
        ["l", "r.s"],
        ["r", "r.k"],
      ]);
  if (dice.chance(0.3))
    return unordered(
      `SELECT ${key}, count(*), sum(${side}.d), max(${side}.s), count(DISTINCT ${side}.k) ${from} GROUP BY ${key}`,
    );
  const shown = dice.several(2, () => `l.${dice.pick(JOIN_COLUMNS)}`);
  const others = onlyLeft
    ? []
    : dice.several(2, () => `r.${dice.pick(usesParts ? PART_COLUMNS : JOIN_COLUMNS)}`);
  return unordered(`SELECT ${dice.chance(0.1) ? "*" : [...shown, ...others].join(", ")} ${from}`);
}

function joinedUsing({ dice }: Ingredients): RandomQuery {
  const kind = dice.pick([
    "JOIN",
    "LEFT JOIN",
    "RIGHT JOIN",
    "FULL JOIN",
    "LEFT SEMI JOIN",
    "LEFT ANTI JOIN",
  ]);
  const columns = [...new Set(dice.several(1 + dice.below(2), () => dice.pick(JOIN_COLUMNS)))];
  return unordered(
    `SELECT ${dice.chance(0.3) ? "*" : `${columns.join(", ")}, count(*)`} FROM left_side ${kind} right_side USING (${columns.join(", ")})${" "}GROUP BY ALL`.replace(
      /^SELECT \*(.*) GROUP BY ALL$/,
      "SELECT *$1",
    ),
  );
}

function combined({ dice }: Ingredients): RandomQuery {
  const [left, right] = dice.chance(0.8)
    ? dice
        .several(1, () => dice.pick(["k", "k, s", "d", "f, k", "x", "day", "at", "s, x"]))
        .flatMap((c) => [c, c])
    : dice.pick([
        ["k", "b"],
        ["d", "k"],
        ["day", "at"],
        ["x", "d"],
        ["k, s", "k"],
        ["s", "k"],
        ["f", "k"],
        ["NULL", "d"],
      ]);
  const tail = maybe(
    dice,
    0.25,
    () => ` ${dice.pick(SET_OPERATIONS)} SELECT ${left} FROM left_side WHERE b > 10`,
  );
  return unordered(
    `SELECT ${left} FROM left_side${maybe(dice, 0.3, () => " WHERE k IS NOT NULL")} ${dice.pick(SET_OPERATIONS)} SELECT ${right} FROM right_side${tail}`,
  );
}

function overParts({ dice, ansi }: Ingredients): RandomQuery {
  const call = (): string => {
    const column = dice.pick(PART_COLUMNS);
    const number = dice.pick(["v", "d", "k", "x"]);
    return dice.pick(
      [
        `collect_list(${column})`,
        `collect_set(${number})`,
        `count(DISTINCT ${column})`,
        `sum(${number})`,
        `avg(${number})`,
        `min(${column})`,
        `max(${column})`,
        `count(${column})`,
        `mode(v)`,
        `median(${number})`,
        `percentile(${number}, 0.3)`,
        `approx_count_distinct(${column})`,
        `sum(DISTINCT ${number})`,
        `max_by(s, v)`,
        `min_by(r, v)`,
        `bit_xor(v)`,
        `every(v > 1)`,
        `any_value(k)`,
        `stddev(${number})`,
        `array_agg(${column}) FILTER (WHERE v > 100)`,
        `count(*)`,
        `count_if(v > 2)`,
        `corr(x, v)`,
        `try_sum(d)`,
      ].filter((text) => !text.startsWith("any_value") || grouped),
    );
  };
  const grouped = dice.chance(0.6);
  const calls = dice.several(1 + dice.below(3), call).join(", ");
  const filter = maybe(
    dice,
    0.3,
    () =>
      ` WHERE ${dice.pick(["v > 2", "k = 3", "s = 'a'", "v > 1000", "x IS NOT NULL", "k IS NULL"])}`,
  );
  if (!grouped) return unordered(`SELECT ${calls} FROM parts${filter}`);
  const key = dice.pick(["k", "k", "s", "k, s", "a", "r", ansi ? "k" : "v % 2"]);
  if (key === "k") return unordered(`SELECT k, ${calls} FROM parts${filter} GROUP BY k`);
  return unordered(
    `SELECT ${key}, ${calls.replace(/any_value\(k\)/g, "count(k)")} FROM parts${filter} GROUP BY ${key}`,
  );
}

function named(ingredients: Ingredients): RandomQuery {
  const { dice } = ingredients;
  const [a, b] = dice.several(2, () => randomExpression(ingredients, 1).sql);
  const table = tableFor(ingredients);
  return unordered(
    dice.pick([
      `WITH c AS (SELECT g, ${a} AS v FROM ${table}) SELECT g, count(v), count(DISTINCT v) FROM c GROUP BY g`,
      `SELECT v, w FROM (SELECT ${a} AS v, ${b} AS w FROM ${table}) WHERE v IS NOT NULL`,
      `SELECT v FROM (SELECT ${a} AS v FROM plain UNION ALL SELECT ${a} FROM edge WHERE id = 2)`,
      `WITH c AS (SELECT id, ${a} AS v FROM ${table}) SELECT x.v, y.id FROM c x JOIN c y ON x.v = y.v`,
      `SELECT ${a}, count(*) FROM ${table} GROUP BY ALL`,
      `SELECT g, v, count(*) FROM (SELECT g, ${a} AS v FROM ${table}) GROUP BY g, v HAVING count(*) < 3`,
      `SELECT count(*) FROM (SELECT DISTINCT ${a} AS v, g FROM ${table} WHERE ${condition(ingredients)})`,
    ]),
  );
}

const SHAPES: readonly ((ingredients: Ingredients) => RandomQuery)[] = [
  sorted,
  sorted,
  filtered,
  filtered,
  distinct,
  joined,
  joined,
  joined,
  joinedUsing,
  combined,
  combined,
  overParts,
  overParts,
  overParts,
  named,
  named,
];

/** A query of any shape but a plain aggregation. */
export function randomQuery(ingredients: Ingredients): RandomQuery {
  return ingredients.dice.pick(SHAPES)(ingredients);
}
