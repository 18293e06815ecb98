import fc from "fast-check";

/** A random query over tables `t` and `u` (see `random-tables.ts`), in SQL that Spark and DuckDB read alike. */
export interface RandomQuery {
  readonly sql: string;
  /** Rows come in one order only. */
  readonly ordered: boolean;
}

type Text = fc.Arbitrary<string>;

const integer = (table: string): Text =>
  fc.letrec<{ leaf: string; node: string }>((tie) => ({
    leaf: fc.oneof(
      fc.constantFrom(`${table}.a`, `${table}.k`),
      fc.integer({ min: -9, max: 9 }).map((n) => `(${n})`),
    ),
    node: fc.oneof(
      { maxDepth: 2 },
      tie("leaf"),
      fc
        .tuple(tie("node"), fc.constantFrom("+", "-", "*"), tie("leaf"))
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
      fc.tuple(tie("node"), tie("leaf")).map(([a, b]) => `coalesce(${a}, ${b})`),
      tie("leaf").map((a) => `(- ${a})`),
      fc.constant(`length(${table}.s)`),
      fc.constant(`year(${table}.dt)`),
    ),
  })).node;

const text = (table: string): Text =>
  fc.constantFrom(
    `${table}.s`,
    `upper(${table}.s)`,
    `substring(${table}.s, 1, 2)`,
    `${table}.s || '-' || ${table}.s`,
    `coalesce(${table}.s, 'none')`,
    `trim(${table}.s)`,
  );

const number = (table: string): Text =>
  fc.oneof(
    integer(table),
    fc.constantFrom(
      `${table}.b`,
      `${table}.x`,
      `${table}.d`,
      `(${table}.d + ${table}.d)`,
      `(${table}.d * 2)`,
      `(${table}.x - ${table}.a)`,
      `(${table}.b + ${table}.a)`,
    ),
  );

const any = (table: string): Text =>
  fc.oneof(number(table), text(table), fc.constantFrom(`${table}.dt`, `${table}.f`));

const comparison = (table: string): Text =>
  fc.oneof(
    fc
      .tuple(number(table), fc.constantFrom("=", "<>", "<", "<=", ">", ">="), number(table))
      .map(([a, op, b]) => `${a} ${op} ${b}`),
    fc
      .tuple(
        text(table),
        fc.constantFrom("=", "<", ">="),
        fc.constantFrom("'a'", "'ab'", "''", "'Z'"),
      )
      .map(([a, op, b]) => `${a} ${op} ${b}`),
    fc
      .tuple(text(table), fc.constantFrom("'a%'", "'%b'", "'%a%'", "'_b%'", "'%'", "''"))
      .map(([a, p]) => `${a} like ${p}`),
    any(table).map((a) => `${a} is null`),
    any(table).map((a) => `${a} is not null`),
    fc
      .tuple(integer(table), integer(table), integer(table))
      .map(([a, b, c]) => `${a} between ${b} and ${c}`),
    fc
      .tuple(
        integer(table),
        fc.array(fc.integer({ min: -5, max: 12 }), { minLength: 1, maxLength: 4 }),
      )
      .map(([a, list]) => `${a} in (${list.join(", ")})`),
    fc.constantFrom(
      `${table}.f`,
      `${table}.dt < date '2000-01-01'`,
      `${table}.k <=> ${table}.a`.replace("<=>", "is not distinct from"),
    ),
  );

const condition = (table: string): Text =>
  fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 2 },
      comparison(table),
      fc
        .tuple(tie("node"), fc.constantFrom("and", "or"), tie("node"))
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
      tie("node").map((a) => `not (${a})`),
    ),
  })).node;

const withCase = (table: string): Text =>
  fc
    .tuple(condition(table), integer(table), integer(table))
    .map(([when, a, b]) => `case when ${when} then ${a} else ${b} end`);

const where = (table: string): Text =>
  fc.option(condition(table), { nil: null }).map((c) => (c === null ? "" : ` where ${c}`));

const projection: fc.Arbitrary<RandomQuery> = fc
  .tuple(
    fc.array(fc.oneof(any("t"), withCase("t")), { minLength: 1, maxLength: 4 }),
    where("t"),
    fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }),
  )
  .map(([columns, filter, limit]) => {
    const names = columns.map((c, i) => `${c} as c${i}`).join(", ");
    if (limit === null) return { sql: `select ${names} from t${filter}`, ordered: false };
    const orders = columns.map(
      (_, i) => `c${i} ${i % 2 ? "desc" : "asc"} nulls ${i % 2 ? "first" : "last"}`,
    );
    return {
      sql: `select ${names} from t${filter} order by ${orders.join(", ")} limit ${limit}`,
      ordered: true,
    };
  });

const aggregate = (table: string): Text =>
  fc.oneof(
    fc.constant("count(*)"),
    any(table).map((a) => `count(${a})`),
    any(table).map((a) => `count(distinct ${a})`),
    number(table).map((a) => `sum(${a})`),
    fc.oneof(integer(table), fc.constant(`${table}.x`)).map((a) => `avg(${a})`),
    any(table).map((a) => `min(${a})`),
    any(table).map((a) => `max(${a})`),
  );

const grouping: fc.Arbitrary<RandomQuery> = fc
  .tuple(
    fc.array(fc.constantFrom("t.k", "t.s", "t.f", "t.dt", "t.d", "t.x", "t.a % 3"), {
      maxLength: 2,
    }),
    fc.array(aggregate("t"), { minLength: 1, maxLength: 3 }),
    where("t"),
    fc.option(fc.integer({ min: 0, max: 5 }), { nil: null }),
  )
  .map(([keys, aggregates, filter, having]) => {
    const distinct = [...new Set(keys)];
    const columns = [...distinct, ...aggregates].map((c, i) => `${c} as c${i}`).join(", ");
    const by = distinct.length > 0 ? ` group by ${distinct.join(", ")}` : "";
    const over = having === null || distinct.length === 0 ? "" : ` having count(*) > ${having}`;
    return { sql: `select ${columns} from t${filter}${by}${over}`, ordered: false };
  });

const join: fc.Arbitrary<RandomQuery> = fc
  .tuple(
    fc.constantFrom("join", "left join", "right join", "full join", "semi join", "anti join"),
    fc.constantFrom(
      "t.k = u.k",
      "t.k = u.k and t.s = u.s",
      "t.a = u.a",
      "t.d = u.d",
      "t.dt = u.dt",
    ),
    fc.option(fc.constantFrom("t.a < u.a", "t.x <> u.x", "t.s <= u.s"), { nil: null }),
    fc.option(condition("t"), { nil: null }),
    fc.boolean(),
  )
  .map(([kind, on, residual, filter, grouped]) => {
    const both = kind !== "semi join" && kind !== "anti join";
    const from = `from t ${kind} u on ${on}${residual === null || kind === "full join" ? "" : ` and ${residual}`}${filter === null ? "" : ` where ${filter}`}`;
    if (grouped)
      return {
        sql: `select t.k, count(*) as n, sum(${both ? "u.b" : "t.b"}) as total ${from} group by t.k`,
        ordered: false,
      };
    return {
      sql: `select t.k, t.s, t.d${both ? ", u.k as uk, u.s as us, u.x as ux" : ""} ${from}`,
      ordered: false,
    };
  });

const setOperation: fc.Arbitrary<RandomQuery> = fc
  .tuple(
    fc.constantFrom("union all", "union", "intersect", "except", "intersect all", "except all"),
    fc.constantFrom("k", "k, s", "d", "f, k"),
    where("t"),
    where("u"),
  )
  .map(([operation, columns, left, right]) => ({
    sql: `select ${columns} from t${left} ${operation} select ${columns} from u${right}`,
    ordered: false,
  }));

export const randomQuery: fc.Arbitrary<RandomQuery> = fc.oneof(
  { weight: 3, arbitrary: projection },
  { weight: 4, arbitrary: grouping },
  { weight: 3, arbitrary: join },
  { weight: 1, arbitrary: setOperation },
);
