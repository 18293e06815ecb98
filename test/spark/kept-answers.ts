import { readFileSync, writeFileSync } from "node:fs";

/** Spark's answer: the schema and each row's cells tab-separated; or no schema, a condition and its SQLSTATE. */
export type KeptAnswer =
  | readonly [sql: string, schema: string, rows: readonly string[]]
  | readonly [sql: string, schema: null, condition: string | null, sqlState: string | null];

/** Expressions that are asked of the same rows, or (`from` is null) queries. */
export interface KeptSection {
  readonly from: string | null;
  readonly ordered: boolean;
  readonly answers: readonly KeptAnswer[];
}

/** The answers of one file: all of one session. */
export interface KeptAnswers {
  readonly spark: string;
  readonly ansi: boolean;
  readonly timeZone: string;
  readonly seed: number;
  readonly rounds: number;
  readonly sections: readonly KeptSection[];
}

/** How a session of Spark is set up for the answers of one file. */
export interface KeptSetting {
  readonly file: string;
  readonly ansi: boolean;
  readonly timeZone: string;
}

const ZONES = {
  utc: "UTC",
  "los-angeles": "America/Los_Angeles",
  "lord-howe": "Australia/Lord_Howe",
};

/** Both modes in each of three time zones. */
export const KEPT_SETTINGS: readonly KeptSetting[] = Object.entries(ZONES).flatMap(
  ([name, timeZone]) => [
    { file: `${name}-ansi`, ansi: true, timeZone },
    { file: name, ansi: false, timeZone },
  ],
);

/** The tables that statements read, by name. */
export const KEPT_TABLES = ["edge", "plain", "left_side", "right_side", "parts"] as const;

const FOLDER = new URL("../data/spark-answers/", import.meta.url);

/** The Parquet file or folder of a table. */
export function tablePath(name: string): string {
  return new URL(`tables/${name}.parquet`, FOLDER).pathname;
}

/** The answers of a file, by its name without ending. */
export function readKept(file: string): KeptAnswers {
  return JSON.parse(readFileSync(new URL(`${file}.json`, FOLDER), "utf8")) as KeptAnswers;
}

/** Writes a file with a line for each answer. */
export function writeKept(file: string, { sections, ...head }: KeptAnswers): void {
  const texts = sections.map(({ answers, ...section }) => {
    const lines = answers.map((answer) => JSON.stringify(answer)).join(",\n");
    return `${JSON.stringify(section).slice(0, -1)},"answers":[\n${lines}\n]}`;
  });
  const text = `${JSON.stringify(head).slice(0, -1)},\n"sections":[\n${texts.join(",\n")}\n]}\n`;
  writeFileSync(new URL(`${file}.json`, FOLDER), text);
}

/** A kept statement as a query of its own. */
export function asQuery(section: KeptSection, [sql]: KeptAnswer): string {
  return section.from === null ? sql : `SELECT ${sql}${section.from}`;
}
