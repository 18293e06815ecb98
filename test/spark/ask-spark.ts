import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import type { Builtin } from "../../src/builtins/builtin.ts";
import { ASKED_BUILTINS } from "./asked-builtins.ts";
import {
  KEPT_SETTINGS,
  KEPT_TABLES,
  type KeptAnswer,
  type KeptSection,
  type KeptSetting,
  readKept,
  tablePath,
  writeKept,
} from "./kept-answers.ts";
import { missingBuiltins } from "./missing-builtins.ts";
import { type RandomStatement, randomStatements } from "./random-statements.ts";
import { type SparkAnswer, SparkProcess } from "./spark-process.ts";

const VERSION = "4.2.1";
const USAGE = `npm run spark:ask -- [--seed N] [--rounds N] [--only FILE]… [--add | --missing]

Asks Spark ${VERSION} the random statements of a seed, each builtin ROUNDS times in each setting, and keeps its answers
in test/data/spark-answers. --add: beside those that are kept. --missing: so,
and only of builtins that no kept statement calls. SPARK_PYTHON names a Python that has PySpark; default python3.`;

const python = process.env["SPARK_PYTHON"] ?? "python3";

function requirePySpark(): void {
  try {
    const version = execFileSync(python, ["-c", "import pyspark; print(pyspark.__version__)"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    if (version === VERSION) return;
    stop(`${python} has PySpark ${version}`);
  } catch {
    stop(`${python} does not run or has no PySpark`);
  }
}

function stop(why: string): never {
  process.stderr.write(
    `${why}, and the reference is Spark ${VERSION}. With Java 17 or later:\n\n  python3 -m venv spark && spark/bin/pip install pyspark==${VERSION}\n  SPARK_PYTHON=spark/bin/python npm run spark:ask\n`,
  );
  process.exit(1);
}

function kept(sql: string, answer: SparkAnswer): KeptAnswer {
  return "rows" in answer
    ? [sql, answer.schema, answer.rows]
    : [sql, null, answer.error, answer.sqlState];
}

/** Statements of a kind together: expressions by their rows, ordered and other queries. */
function sectionsOf(statements: readonly RandomStatement[]): ReadonlyMap<string, string[]> {
  const sections = new Map<string, string[]>();
  for (const statement of statements) {
    const isQuery = statement.kind === "query";
    const head = JSON.stringify(
      isQuery
        ? { from: null, ordered: statement.ordered }
        : { from: statement.from, ordered: true },
    );
    const list = sections.get(head) ?? [];
    if (!list.includes(statement.sql)) list.push(statement.sql);
    sections.set(head, list);
  }
  return sections;
}

async function askAll(spark: SparkProcess, sqls: readonly string[], from: string | null) {
  if (from !== null) return spark.ask<SparkAnswer[]>({ from, expressions: sqls });
  const answers: SparkAnswer[] = [];
  for (const sql of sqls) answers.push(await spark.ask<SparkAnswer>({ sql }));
  return answers;
}

async function keepAnswers(
  spark: SparkProcess,
  { file, ansi, timeZone }: KeptSetting,
  seed: number,
  rounds: number,
  { builtins, isAdded }: { readonly builtins: readonly Builtin[]; readonly isAdded: boolean },
): Promise<void> {
  await spark.ask({
    setting: { "spark.sql.ansi.enabled": String(ansi), "spark.sql.session.timeZone": timeZone },
  });
  const before = isAdded ? readKept(file) : null;
  const sections: KeptSection[] = [...(before?.sections ?? [])];
  const statements = randomStatements(seed, ansi, rounds, builtins);
  for (const [head, sqls] of sectionsOf(statements)) {
    const { from, ordered } = JSON.parse(head) as Pick<KeptSection, "from" | "ordered">;
    const answers = await askAll(spark, sqls, from);
    sections.push({
      from,
      ordered,
      answers: answers.map((answer, i) => kept(sqls[i] ?? "", answer)),
    });
    process.stderr.write(`${file}: ${sqls.length} statements${from ?? " of whole queries"}\n`);
  }
  const made = before ?? { spark: VERSION, ansi, timeZone, seed, rounds };
  writeKept(file, { ...made, sections });
}

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    rounds: { type: "string", default: "2" },
    only: { type: "string", multiple: true },
    add: { type: "boolean", default: false },
    missing: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}
requirePySpark();
const spark = new SparkProcess(python);
for (const view of KEPT_TABLES) await spark.ask({ view, path: tablePath(view) });
const isAdded = values.add || values.missing;
const builtins = values.missing
  ? missingBuiltins(KEPT_SETTINGS.map(({ file }) => readKept(file)))
  : ASKED_BUILTINS;
for (const [i, setting] of KEPT_SETTINGS.entries())
  if (values.only === undefined || values.only.includes(setting.file))
    await keepAnswers(spark, setting, 10 * Number(values.seed) + i, Number(values.rounds), {
      builtins,
      isAdded,
    });
spark.stop();
