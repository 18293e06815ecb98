import type { ResultStream } from "../answer/result-stream.ts";
import { queryReceipt } from "../aws/cost/query-receipt.ts";
import { receiptText } from "../aws/cost/receipt-text.ts";
import { asTindraError } from "../common/errors.ts";
import { explainModeOf } from "../query/explain-mode.ts";
import type { DataFrame } from "../session/data-frame.ts";
import type { Session } from "../session/session.ts";
import { inScript } from "./error-text.ts";
import type { FormatName } from "./formats/format-name.ts";
import { writeExplained, writeResult } from "./formats/write-result.ts";
import { asWrongUse, makeSession } from "./make-session.ts";
import { metricsText } from "./metrics-text.ts";
import type { Command, CommonOptions, QueryText } from "./options.ts";
import { printable } from "./printable.ts";
import { showProgress } from "./progress.ts";
import { readQueryText } from "./query-text.ts";
import { runStatement } from "./run-statement.ts";
import { fileOutput, type Output, stdoutOutput } from "./write-output.ts";
import { wrongUse } from "./wrong-use.ts";

type Runnable = Exclude<Command, { kind: "help" | "version" }>;
type Statement = ReturnType<Session["splitScript"]>[number];

/** State shared by the parts of a running command. */
interface Running {
  readonly session: Session;
  readonly options: CommonOptions;
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly clearProgress: () => void;
}

/** Runs a command to its end; the session it makes is gone afterwards. */
export async function runCommand(command: Runnable, signal: AbortSignal): Promise<void> {
  const { options } = command;
  const isTerminal = process.stdout.isTTY === true && options.output === null;
  if (options.format === "arrow" && isTerminal)
    throw wrongUse("arrow is no text for a terminal; use --output FILE or a pipe");
  await using session = await makeSession(options);
  session.onWarning(({ message }) => {
    process.stderr.write(printable(`warning: ${message}\n`));
  });
  for (const [name, path] of options.tables)
    session.read.parquet(path).createOrReplaceTempView(name);
  const { clear } = showProgress(session);
  const output =
    options.output === null ? stdoutOutput(signal) : await fileOutput(options.output, signal);
  try {
    await runInto(command, { session, options, output, signal, clearProgress: clear });
    await output.finish();
  } catch (thrown) {
    await output.discard();
    throw thrown;
  } finally {
    clear();
  }
}

async function runInto(command: Runnable, running: Running): Promise<void> {
  const { session, output, signal } = running;
  switch (command.kind) {
    case "sql":
      return runScript(command.text, running);
    case "explain": {
      const mode = asWrongUse(() => explainModeOf(command.mode));
      await output.write(explained(session, command.text, mode));
      return;
    }
    case "schema": {
      const frame = session.read.parquet(command.path);
      await output.write(schemaOf(frame, session, command.options.format, signal));
    }
  }
}

/** Each statement once the result of the one before it is written, until nobody reads any more. */
async function runScript(text: QueryText, running: Running): Promise<void> {
  await forEachStatement(text, running.session, async (statement) => {
    const { session, options, signal } = running;
    const result = await runStatement(session, statement, options, signal);
    return result.schema.fields.length === 0 || writeOne(statement, result, running);
  });
}

/** Resolves to false where nobody reads any more. What the query took comes last. */
async function writeOne(
  statement: Statement,
  result: ResultStream,
  { options, output, clearProgress }: Running,
): Promise<boolean> {
  const { format } = options;
  const isPlan = statement.keyword === "EXPLAIN" && format === "table";
  clearProgress();
  const isRead = await output.write(isPlan ? writeExplained(result) : writeResult(result, format));
  process.stderr.write(printable(afterwards(result, options)));
  return isRead;
}

/** Calls for each statement until it resolves to false; an error says in which statement it was. */
async function forEachStatement(
  text: QueryText,
  session: Session,
  work: (statement: Statement, isLast: boolean) => Promise<boolean>,
): Promise<void> {
  const file = text.from === "file" ? text.path : null;
  let script: readonly Statement[] = [];
  let current: Statement | null = null;
  try {
    script = session.splitScript(await readQueryText(text));
    if (script.length === 0) throw wrongUse("The query is empty");
    for (current of script) if (!(await work(current, current === script.at(-1)))) return;
  } catch (thrown) {
    const statement = script.length > 1 || file !== null ? (current?.position ?? null) : null;
    throw inScript(asTindraError(thrown), file, statement);
  }
}

/** What a query took where that was asked for, and what it cost, if only it would have. */
function afterwards({ metrics, rowCount }: ResultStream, options: CommonOptions): string {
  const region = options.region ?? process.env["AWS_REGION"] ?? "us-east-1";
  const isTable = options.format === "table" && options.output === null;
  const seconds = (metrics.elapsedMs / 1000).toFixed(2);
  const rows =
    isTable && !options.metrics && process.stdout.isTTY === true
      ? `${rowCount} ${rowCount === 1 ? "row" : "rows"} in ${seconds} s\n`
      : "";
  if (!options.metrics && metrics.billed === undefined) return rows;
  const receipt = receiptText(queryReceipt(metrics, region));
  return options.metrics ? metricsText(metrics) + receipt : rows + receipt;
}

/** The plan of the last statement; those before it take effect. */
async function* explained(
  session: Session,
  text: QueryText,
  mode: ReturnType<typeof explainModeOf>,
): AsyncGenerator<string, void, void> {
  let plan = "";
  await forEachStatement(text, session, async (statement, isLast) => {
    const frame = session.sql(statement);
    if (isLast) plan = await frame.explainString(mode);
    return true;
  });
  yield `${printable(plan).trimEnd()}\n`;
}

/** As a tree, or as rows of name, type and nullability in the other forms. */
async function* schemaOf(
  frame: DataFrame,
  session: Session,
  format: FormatName,
  signal: AbortSignal,
): AsyncGenerator<string | Uint8Array, void, void> {
  const schema = await frame.schema();
  if (format === "table") {
    yield printable(schema.treeString());
    return;
  }
  const rows = (await frame.dtypes()).map(([name, type], i) => [
    name,
    type,
    schema.fields[i]?.nullable ?? true,
  ]);
  const columns = session.createDataFrame(rows, "name STRING, type STRING, nullable BOOLEAN");
  yield* writeResult(await columns.stream({ signal }), format);
}
