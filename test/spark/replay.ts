import { formatHiveValue } from "../../src/answer/format-value.ts";
import { simpleString } from "../../src/columnar/data-type.ts";
import type { Session } from "../../src/index.ts";
import { type Answer, answerOf } from "../support/spark-golden.ts";
import { sameRows } from "./compare-rows.ts";
import {
  asQuery,
  KEPT_TABLES,
  type KeptAnswer,
  type KeptAnswers,
  type KeptSection,
  tablePath,
} from "./kept-answers.ts";

/** A statement that is not answered as Spark answers it. */
export interface Difference {
  readonly sql: string;
  readonly why: string;
}

const TOGETHER = 24;

/** Opens the tables and sets the session up as Spark's was. */
export function openKeptSession(spark: Session, { ansi, timeZone }: KeptAnswers): void {
  spark.conf.set("spark.sql.ansi.enabled", ansi);
  spark.conf.set("spark.sql.session.timeZone", timeZone);
  for (const name of KEPT_TABLES) spark.read.parquet(tablePath(name)).createOrReplaceTempView(name);
}

/** Replays all statements of a file. Expressions over the same rows are asked together, and alone where that fails. */
export async function replay(spark: Session, kept: KeptAnswers): Promise<readonly Difference[]> {
  openKeptSession(spark, kept);
  const found: Difference[] = [];
  for (const section of kept.sections) {
    const together = section.answers.filter(
      ([, schema]) => section.from !== null && schema !== null,
    );
    for (let start = 0; start < together.length; start += TOGETHER) {
      const part = together.slice(start, start + TOGETHER);
      if (!(await agreeTogether(spark, section, part)))
        for (const answer of part) found.push(...(await replayAlone(spark, section, answer)));
    }
    for (const answer of section.answers)
      if (!together.includes(answer)) found.push(...(await replayAlone(spark, section, answer)));
  }
  return found;
}

async function agreeTogether(
  spark: Session,
  section: KeptSection,
  answers: readonly KeptAnswer[],
): Promise<boolean> {
  const list = answers.map(([sql]) => sql).join(", ");
  const columns = await columnsOf(spark, `SELECT ${list}${section.from}`);
  return (
    columns !== null &&
    answers.every((answer, i) => {
      const column = columns[i];
      return column !== undefined && differenceOf(section, answer, column) === null;
    })
  );
}

/** The columns of a query, each as if it was asked alone; null where the query fails. */
async function columnsOf(spark: Session, sql: string): Promise<readonly Answer[] | null> {
  try {
    const result = await spark.sql(sql).run();
    const rows = [...result.engineRows()];
    return result.schema.fields.map(({ name, type }, i) => ({
      schema: `struct<${name}:${simpleString(type)}>`,
      rows: rows.map((row) => formatHiveValue(row[i] ?? null, type, result.timeZone)),
      ordered: true,
    }));
  } catch {
    return null;
  }
}

async function replayAlone(
  spark: Session,
  section: KeptSection,
  answer: KeptAnswer,
): Promise<readonly Difference[]> {
  const why = differenceOf(section, answer, await answerOf(spark, asQuery(section, answer)));
  return why === null ? [] : [{ sql: answer[0], why }];
}

/** How an answer differs from Spark's, or null. */
export function differenceOf(section: KeptSection, kept: KeptAnswer, got: Answer): string | null {
  const [sql, schema] = kept;
  if (schema === null) return errorDifference(kept, got);
  if ("error" in got) return `error ${got.error.condition}: ${got.message}`;
  if (schema !== got.schema) return `schema ${got.schema} instead of ${schema}`;
  const rows = kept[2];
  return sameRows(rows, got.rows, { sql, ordered: section.ordered })
    ? null
    : `rows ${JSON.stringify(got.rows)} instead of ${JSON.stringify(rows)}`;
}

function errorDifference(
  [, , condition, sqlState]: Extract<KeptAnswer, readonly [string, null, ...unknown[]]>,
  got: Answer,
): string | null {
  const wanted = `error ${condition ?? "of Java"} ${sqlState ?? ""}`;
  if (!("error" in got)) return `rows ${JSON.stringify(got.rows)} instead of ${wanted}`;
  if (condition === null) return null;
  const { error, message } = got;
  if (error.condition === condition && (sqlState === null || error.sqlState === sqlState))
    return null;
  return `error ${error.condition} ${error.sqlState ?? ""} (${message}) instead of ${wanted}`;
}
