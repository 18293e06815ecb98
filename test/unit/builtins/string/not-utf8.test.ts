import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatHiveValue } from "../../../../src/answer/format-value.ts";
import { TindraError } from "../../../../src/common/errors.ts";
import { Session } from "../../../../src/index.ts";

interface Answers {
  /** Bytes in hexadecimal: row `i` of the table has them as string `s` and binary `b`. */
  readonly inputs: readonly string[];
  /** Spark's results of an expression for each row, or `!` and the condition it fails with. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly constants: Readonly<Record<string, string>>;
  readonly queries: Readonly<Record<string, readonly string[]>>;
}

const dataFolder = new URL("../../../data/spark/", import.meta.url);
const data = JSON.parse(readFileSync(new URL("not-utf8.json", dataFolder), "utf8")) as Answers;
const parquet = fileURLToPath(new URL("not-utf8.parquet", dataFolder));
const table = `(SELECT * FROM VALUES ${data.inputs
  .map((hex, i) => `(${i}, CAST(X'${hex}' AS STRING), X'${hex}')`)
  .join(", ")} AS t(i, s, b))`;

/** Spark reads on behind the end of a text whose last character is cut off; what it finds there are mostly zeros. */
const READS_BEHIND_END =
  /^hex\((?:substring\(.*, 1, 1\)|left\(.*|right\(.*, 2\)|[lr]pad\([^']*, 1.*|overlay\(.*FOR 1\))\)$/;

let session: Session;
beforeAll(() => {
  session = Session.local({ workers: 1, memory: "256m" });
});
afterAll(() => session.stop());

async function ours(sql: string): Promise<readonly string[]> {
  try {
    const result = await session.sql(sql).run();
    const types = result.schema.fields.map((field) => field.type);
    return [...result.engineRows()].map((row) =>
      types.map((type, i) => formatHiveValue(row[i] ?? null, type, "UTC")).join("\t"),
    );
  } catch (error) {
    if (error instanceof TindraError) return [`!${error.condition}`];
    throw error;
  }
}

const withoutZeros = (text: string): string => text.replace(/(?:00)+/g, "");

describe("strings that are not UTF-8", () => {
  it("keep their bytes through every function that Spark computes on bytes", async () => {
    const wrong: string[] = [];
    for (const [expression, spark] of Object.entries(data.columns)) {
      const got = await ours(`SELECT ${expression} FROM ${table} ORDER BY i`);
      const mayDiffer = READS_BEHIND_END.test(expression);
      spark.forEach((cell, i) => {
        const same = mayDiffer
          ? withoutZeros(cell) === withoutZeros(got[i] ?? "")
          : cell === got[i];
        if (!same) wrong.push(`${expression} of ${data.inputs[i]}: ${cell}, not ${got[i]}`);
      });
    }
    expect(wrong).toEqual([]);
  });

  it("keep their bytes in constants", async () => {
    const wrong: string[] = [];
    for (const [expression, spark] of Object.entries(data.constants)) {
      const [got] = await ours(`SELECT ${expression}`);
      if (got !== spark) wrong.push(`${expression}: ${spark}, not ${got}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each(Object.entries(data.queries))("keep their bytes in %s", async (query, spark) => {
    expect(await ours(query.replaceAll("{table}", table))).toEqual(spark);
  });

  it("keep their bytes when read from Parquet, plain, coded and in lists", async () => {
    expect(
      await ours(
        `SELECT hex(plain), hex(coded), hex(concat_ws('|', list)) FROM parquet.\`${parquet}\` ORDER BY i`,
      ),
    ).toEqual(
      ["C328", "80", "EDA080", "61", "C328", "F09F98"].map((hex) => [hex, hex, hex].join("\t")),
    );
    expect(
      await ours(
        `SELECT hex(coded), count(*) FROM parquet.\`${parquet}\` WHERE plain >= CAST(X'80' AS STRING) GROUP BY coded ORDER BY coded`,
      ),
    ).toEqual(["80\t1", "C328\t2", "EDA080\t1", "F09F98\t1"]);
  });

  it("keep their bytes in an Arrow table, and are readable text in rows and on paper", async () => {
    const frame = session.sql("SELECT CAST(X'61C328EDA080' AS STRING) AS s");
    expect((await frame.collect()).map((row) => row["s"])).toEqual(["a\ufffd(\ufffd"]);
    expect(await ours("SELECT CAST(X'61C328EDA080' AS STRING)")).toEqual(["a\ufffd(\ufffd"]);
    const { values } = (await frame.toArrow()).getChildAt(0)?.data[0] ?? {};
    expect(Buffer.from(values ?? []).toString("hex")).toBe("61c328eda080");
  });

  it("come from no lone surrogate of a caller, which is ? as in Java", async () => {
    expect(await ours("SELECT hex('a\\uDC80b')")).toEqual(["613F62"]);
    const frame = session.createDataFrame([["a\udc80"]], "s string");
    expect((await frame.collect()).map((row) => row["s"])).toEqual(["a?"]);
  });
});
