import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  type DataFrame,
  functions as F,
  type Session,
  simpleString,
  TindraError,
} from "../../src/index.ts";

export const SPARK_FILES = fileURLToPath(new URL("../data/spark-files/", import.meta.url));

export interface Question {
  readonly file: string;
  readonly set: { readonly [key: string]: string };
  readonly sql: string;
}

export interface FileAnswer {
  readonly types?: readonly (readonly [string, string])[];
  readonly rows?: readonly (readonly (string | null)[])[];
  readonly error?: string;
}

/** Spark's answer to each question; `make.py` says in which form. */
export function sparkFileAnswers(): (Question & FileAnswer)[] {
  const answers: (Question & FileAnswer)[] = JSON.parse(
    readFileSync(`${SPARK_FILES}answers.json`, "utf8"),
  );
  for (const { sql, rows } of answers)
    if (rows !== undefined && !isOrdered(sql)) sortRows(rows as (string | null)[][]);
  return answers;
}

/** Where we knowingly do not answer as Spark does, and the statistics that both believe although they lie. */
export interface KnownFileDifferences {
  readonly reasons: readonly {
    readonly why: string;
    readonly questions: readonly (Omit<Question, "set"> & Partial<Pick<Question, "set">>)[];
  }[];
  readonly believed: readonly { readonly file: string; readonly why: string }[];
}

/** The list as it is kept beside the answers. */
export function knownFileDifferences(): KnownFileDifferences {
  return JSON.parse(readFileSync(`${SPARK_FILES}known-differences.json`, "utf8"));
}

const isOrdered = (sql: string): boolean => sql.includes("ORDER BY");

function sortRows(rows: (string | null)[][]): void {
  rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** Our answer in the same form. */
export async function answerFile(session: Session, question: Question): Promise<FileAnswer> {
  session.conf.reset();
  for (const [key, value] of Object.entries(question.set)) session.conf.set(key, value);
  try {
    session.read.parquet(`${SPARK_FILES}${question.file}.parquet`).createOrReplaceTempView("t");
    return await textsOf(session.sql(question.sql), isOrdered(question.sql));
  } catch (thrown) {
    if (thrown instanceof TindraError) return { error: thrown.condition };
    throw thrown;
  }
}

async function textsOf(frame: DataFrame, ordered: boolean): Promise<FileAnswer> {
  const { fields } = await frame.schema();
  const named = frame.toDF(...fields.map((_, i) => `c${i}`));
  const cells = fields.map(({ type }, i) =>
    type.kind === "binary" ? F.col(`c${i}`) : F.col(`c${i}`).cast("string"),
  );
  const found = await named.select(...cells).collect();
  const rows = found.map((row) => fields.map((_, i) => text(row[`c${i}`] as unknown)));
  if (!ordered) sortRows(rows);
  return { types: fields.map((f) => [f.name, simpleString(f.type)]), rows };
}

function text(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return value instanceof Uint8Array ? Buffer.from(value).toString("base64") : String(value);
}
