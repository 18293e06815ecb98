import type { DataType } from "../../src/columnar/data-type.ts";
import { parseDataType } from "../../src/sql/parse.ts";

/** A type with its column in the tables `edge` and `plain`, and constants of it. */
export interface PooledType {
  readonly sql: string;
  readonly type: DataType;
  readonly column: string | null;
  /** Ordinary values come first. */
  readonly literals: readonly string[];
}

const pooled = (sql: string, column: string | null, literals: readonly string[]): PooledType => ({
  sql,
  type: parseDataType(sql),
  column,
  literals,
});

const casts = (sql: string, texts: readonly string[]): readonly string[] =>
  texts.map((text) => `CAST('${text}' AS ${sql})`);

const NUMBERS: readonly PooledType[] = [
  pooled("TINYINT", "c_byte", ["2Y", "-1Y", "10Y", "0Y", "127Y", "-128Y", "CAST(NULL AS TINYINT)"]),
  pooled("SMALLINT", "c_short", [
    "3S",
    "-7S",
    "100S",
    "32767S",
    "-32768S",
    "CAST(NULL AS SMALLINT)",
  ]),
  pooled("INT", "c_int", [
    "1",
    "2",
    "3",
    "0",
    "-1",
    "-3",
    "5",
    "8",
    "16",
    "31",
    "100",
    "2147483647",
    "-2147483648",
    "CAST(NULL AS INT)",
  ]),
  pooled("BIGINT", "c_long", [
    "1L",
    "2L",
    "-1L",
    "0L",
    "12345678901L",
    "9223372036854775807L",
    "CAST('-9223372036854775808' AS BIGINT)",
    "CAST(NULL AS BIGINT)",
  ]),
  pooled("FLOAT", "c_float", [
    "1.5F",
    "0.1F",
    "-2.5F",
    "1e10F",
    ...casts("FLOAT", ["NaN", "-0.0", "Infinity", "3.4028235E38", "1.4E-45"]),
    "CAST(NULL AS FLOAT)",
  ]),
  pooled("DOUBLE", "c_double", [
    "1.5D",
    "0.1D",
    "-2.5D",
    "2D",
    "1e18D",
    ...casts("DOUBLE", ["NaN", "-0.0", "Infinity", "-Infinity", "4.9E-324"]),
    "1.7976931348623157E308D",
    "CAST(NULL AS DOUBLE)",
  ]),
  pooled("DECIMAL(5,2)", "c_dec5", [
    "999.99BD",
    "-1.25",
    "127.50",
    "0.50",
    "CAST(NULL AS DECIMAL(5,2))",
  ]),
  pooled("DECIMAL(18,4)", "c_dec18", [
    "CAST(2.5 AS DECIMAL(18,4))",
    "99999999999999.9999",
    "-0.0001BD",
  ]),
  pooled("DECIMAL(38,10)", "c_dec38", [
    "CAST(1 AS DECIMAL(38,10))",
    "-9999999999999999999999999999.9999999999",
    "CAST(0.5 AS DECIMAL(38,10))",
  ]),
  pooled("DECIMAL(20,0)", null, ["12345678901234567890", "CAST(7 AS DECIMAL(20,0))"]),
];

const TEXTS: readonly PooledType[] = [
  pooled("STRING", "c_str", [
    "'abc'",
    "'a,b,c'",
    "'Hello World'",
    "''",
    "' x '",
    "'ß日👍'",
    "'12'",
    "'-3.5'",
    "'%b_'",
    "CAST(X'C328' AS STRING)",
    "CAST(NULL AS STRING)",
  ]),
  pooled("STRING", "c_num", [
    "'1'",
    "'2.5'",
    "'1e2'",
    "'true'",
    "'2020-02-29'",
    "'2020-03-08 02:30:00'",
    "'x'",
    "'9223372036854775808'",
    "' 5 '",
    "'1582-10-10 01:02:03.456789'",
  ]),
  pooled("BINARY", "c_bin", [
    "X'616263'",
    "X''",
    "X'00FF'",
    "X'E697A5'",
    "X'C328'",
    "CAST(NULL AS BINARY)",
  ]),
];

const TIMES: readonly PooledType[] = [
  pooled("DATE", "c_date", [
    "DATE'2020-02-29'",
    "DATE'2021-12-31'",
    "DATE'1970-01-01'",
    "DATE'1582-10-15'",
    "DATE'0001-01-01'",
    "DATE'9999-12-31'",
    "CAST(NULL AS DATE)",
  ]),
  pooled("TIMESTAMP", "c_ts", [
    "TIMESTAMP'2020-03-08 02:30:00'",
    "TIMESTAMP'2020-11-01 08:30:00Z'",
    "TIMESTAMP'2024-04-06 15:15:00.5Z'",
    "TIMESTAMP'1970-01-01 00:00:00'",
    "TIMESTAMP'1883-11-18 12:00:00'",
    "TIMESTAMP'0001-01-01 00:00:00'",
    "TIMESTAMP'9999-12-31 23:59:59.999999'",
    "CAST(NULL AS TIMESTAMP)",
  ]),
  pooled("TIMESTAMP_NTZ", "c_ntz", [
    "TIMESTAMP_NTZ'2020-03-08 02:30:00'",
    "TIMESTAMP_NTZ'2024-02-29 23:59:59.999'",
    "TIMESTAMP_NTZ'1582-10-04 00:00:00'",
    "TIMESTAMP_NTZ'9999-12-31 23:59:59.999999'",
    "CAST(NULL AS TIMESTAMP_NTZ)",
  ]),
  pooled("INTERVAL YEAR TO MONTH", "c_ym", [
    "INTERVAL '1-2' YEAR TO MONTH",
    "INTERVAL '-3' MONTH",
    "INTERVAL '178956970-7' YEAR TO MONTH",
    "CAST(NULL AS INTERVAL YEAR TO MONTH)",
  ]),
  pooled("INTERVAL DAY TO SECOND", "c_dt", [
    "INTERVAL '1 02:03:04.5' DAY TO SECOND",
    "INTERVAL '-10' DAY",
    "INTERVAL '90' MINUTE",
    "INTERVAL '0.000001' SECOND",
    "INTERVAL '106751991 04:00:54.775807' DAY TO SECOND",
    "CAST(NULL AS INTERVAL DAY TO SECOND)",
  ]),
];

const OTHERS: readonly PooledType[] = [
  pooled("BOOLEAN", "c_bool", ["true", "false", "CAST(NULL AS BOOLEAN)"]),
  { sql: "VOID", type: { kind: "null" }, column: null, literals: ["NULL"] },
];

const NESTED: readonly PooledType[] = [
  pooled("ARRAY<INT>", "c_arr", []),
  pooled("ARRAY<STRING>", "c_words", []),
  pooled("STRUCT<a: INT, b: STRING>", "c_rec", []),
  pooled("MAP<STRING, INT>", "c_map", []),
];

/** Every type that arguments are drawn of; the last four only as columns. */
export const TYPE_POOL: readonly PooledType[] = [
  ...NUMBERS,
  ...TEXTS,
  ...TIMES,
  ...OTHERS,
  ...NESTED,
];

/** Types that a cast names. */
export const CAST_TARGETS: readonly string[] = [
  ...new Set(TYPE_POOL.filter(({ sql }) => sql !== "VOID").map(({ sql }) => sql)),
  "DECIMAL(10,0)",
  "DECIMAL(38,38)",
  "DECIMAL(2,1)",
  "INTERVAL YEAR",
  "INTERVAL MONTH",
  "INTERVAL DAY",
  "INTERVAL HOUR",
  "INTERVAL HOUR TO SECOND",
  "INTERVAL MINUTE",
  "INTERVAL SECOND",
  "ARRAY<BIGINT>",
  "STRUCT<x: STRING, y: STRING>",
  "MAP<STRING, STRING>",
];
