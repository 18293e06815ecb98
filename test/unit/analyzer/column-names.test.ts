import { describe, expect, it } from "vitest";
import { analyzeSql, catalogOf, schemaOf } from "../../support/analysis.ts";

const catalog = catalogOf({
  t: "a INT NOT NULL, b BIGINT NOT NULL, d DECIMAL(10,2) NOT NULL, s STRING NOT NULL, dt DATE NOT NULL, ts TIMESTAMP NOT NULL, dbl DOUBLE NOT NULL, bo BOOLEAN NOT NULL, st STRUCT<f: INT, g: STRING> NOT NULL, sh SMALLINT NOT NULL",
});

/** Select lists over `t` and the schema that Spark 4.2.1 gives them. */
const SCHEMAS: readonly (readonly [string, string])[] = [
  ["a", "a:int"],
  ["A, t.A", "A:int,A:int"],
  ["a+1", "(a + 1):int"],
  ["-a, +a", "(- a):int,(+ a):int"],
  ["-5, - 5, -(5)", "-5:int,-5:int,(- 5):int"],
  ["a<>1, not a=1", "(NOT (a = 1)):boolean,(NOT (a = 1)):boolean"],
  ["a is null, a is not null", "(a IS NULL):boolean,(a IS NOT NULL):boolean"],
  ["bo and a>1 or bo", "((bo AND (a > 1)) OR bo):boolean"],
  ["a in (1,2), a not in (1,2)", "(a IN (1, 2)):boolean,(NOT (a IN (1, 2))):boolean"],
  ["a between 1 and 2", "between(a, 1, 2):boolean"],
  ["s like 'x%', s not like 'x%'", "s LIKE x%:boolean,(NOT s LIKE x%):boolean"],
  ["case when a=1 then 2 else 3 end", "CASE WHEN (a = 1) THEN 2 ELSE 3 END:int"],
  ["case a when 1 then 2 end", "CASE WHEN (a = 1) THEN 2 END:int"],
  ["cast(a as bigint), a::string", "a:bigint,a:string"],
  ["cast(a+1 as bigint), cast('1' as int)", "CAST((a + 1) AS BIGINT):bigint,CAST(1 AS INT):int"],
  ["try_cast(s as int), bigint(a), string(a+1)", "s:int,a:bigint,(a + 1):string"],
  [
    "'it', 1.5, 1.50, 1e10, 1.0d",
    "it:string,1.5:decimal(2,1),1.50:decimal(3,2),1.0E10:double,1.0:double",
  ],
  ["1L, 1S, 1Y, null, true", "1:bigint,1:smallint,1:tinyint,NULL:void,true:boolean"],
  ["date'2020-01-01'", "DATE '2020-01-01':date"],
  ["timestamp'2020-01-01 12:00:00'", "TIMESTAMP '2020-01-01 12:00:00':timestamp"],
  [
    "interval 1 day, interval '1' month",
    "INTERVAL '1' DAY:interval day,INTERVAL '1' MONTH:interval month",
  ],
  [
    "interval '1 2' day to hour, X'1F'",
    "INTERVAL '1 02' DAY TO HOUR:interval day to hour,X'1F':binary",
  ],
  ["s||'a', concat(s,'b')", "concat(s, a):string,concat(s, b):string"],
  ["dt + 1, dt - 1", "date_add(dt, 1):date,date_sub(dt, 1):date"],
  ["dt - interval 1 day", "date_add(dt, (- extractansiintervaldays(INTERVAL '1' DAY))):date"],
  [
    "dt + interval '1' month, ts + interval 1 hour",
    "dt + INTERVAL '1' MONTH:date,ts + INTERVAL '01' HOUR:timestamp",
  ],
  ["dt - dt, ts - ts", "(dt - dt):interval day,(ts - ts):interval day to second"],
  [
    "current_date, current_date(), now()",
    "current_date():date,current_date():date,now():timestamp",
  ],
  [
    "a / 2, a div 2, d * 2, d + 1, d / 3",
    "(a / 2):double,(a div 2):bigint,(d * 2):decimal(12,2),(d + 1):decimal(11,2),(d / 3):decimal(14,6)",
  ],
  ["d + a, d + 1.5d, sh + 1", "(d + a):decimal(13,2),(d + 1.5):double,(sh + 1):int"],
  ["count(*), count(1), count(a)", "count(1):bigint,count(1):bigint,count(a):bigint"],
  [
    "count(distinct a), count(distinct a, b)",
    "count(DISTINCT a):bigint,count(DISTINCT a, b):bigint",
  ],
  [
    "avg(distinct a), count(*) filter (where a>1)",
    "avg(DISTINCT a):double,count(1) FILTER (WHERE (a > 1)):bigint",
  ],
  [
    "sum(d), avg(d), sum(a), max(d)",
    "sum(d):decimal(20,2),avg(d):decimal(14,6),sum(a):bigint,max(d):decimal(10,2)",
  ],
  ["mean(a), std(a), first(a) ignore nulls", "mean(a):double,std(a):double,first(a):int"],
  [
    "100.00 * sum(case when s like 'P%' then d * (1 - d) else 0 end) / sum(d * (1 - d))",
    "((100.00 * sum(CASE WHEN s LIKE P% THEN (d * (1 - d)) ELSE 0 END)) / sum((d * (1 - d)))):decimal(38,6)",
  ],
  ["a as x, x+1", "x:int,(lateralAliasReference(x) + 1):int"],
  ["ucase(s), len(s), substr(s,1,2)", "ucase(s):string,len(s):int,substr(s, 1, 2):string"],
  [
    "coalesce(a,b), nvl(a,b), if(a=1,2,3)",
    "coalesce(a, b):bigint,nvl(a, b):bigint,(IF((a = 1), 2, 3)):int",
  ],
  ["case when bo then 1 else 'x' end", "CASE WHEN bo THEN 1 ELSE x END:bigint"],
  [
    "dt > '2020-01-01' and ts < date'2020-01-01'",
    "((dt > 2020-01-01) AND (ts < DATE '2020-01-01')):boolean",
  ],
];

describe("a select item without an alias is named as Spark names it", () => {
  for (const [items, schema] of SCHEMAS)
    it(`in SELECT ${items}`, () => {
      expect(schemaOf(analyzeSql(`select ${items} from t`, catalog))).toBe(`struct<${schema}>`);
    });
});
