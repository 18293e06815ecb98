import { queryReceipt } from "../aws/cost/query-receipt.ts";
import { receiptText } from "../aws/cost/receipt-text.ts";
import type { DataFrame } from "../session/data-frame.ts";
import { explainModeOf } from "../session/explain-mode.ts";
import type { ResultStream } from "../session/result-stream.ts";
import type { Session } from "../session/session.ts";
import type { FormatName } from "./formats/format-name.ts";
import { writeResult } from "./formats/write-result.ts";
import { asWrongUse, makeSession } from "./make-session.ts";
import { metricsText } from "./metrics-text.ts";
import type { Command, CommonOptions } from "./options.ts";
import { showProgress } from "./progress.ts";
import { readQueryText } from "./query-text.ts";
import { runStatement } from "./run-statement.ts";
import { writeToFile, writeToStdout } from "./write-output.ts";
import { wrongUse } from "./wrong-use.ts";

type Runnable = Exclude<Command, { kind: "help" | "version" }>;

/** Runs a command to its end; the session it makes is gone afterwards. */
export async function runCommand(command: Runnable, signal: AbortSignal): Promise<void> {
  const { options } = command;
  await using session = await makeSession(options);
  for (const [name, path] of options.tables)
    session.read.parquet(path).createOrReplaceTempView(name);
  const progress = showProgress(session);
  try {
    const pieces = output(command, session, signal, progress.clear);
    if (options.output === null) await writeToStdout(pieces, signal);
    else await writeToFile(options.output, pieces, signal);
  } finally {
    progress.clear();
  }
}

async function* output(
  command: Runnable,
  session: Session,
  signal: AbortSignal,
  clearProgress: () => void,
): AsyncGenerator<string | Uint8Array, void, void> {
  async function* write(result: ResultStream): AsyncGenerator<string | Uint8Array, void, void> {
    clearProgress();
    yield* writeResult(result, command.options.format);
    process.stderr.write(afterwards(result, command.options));
  }
  switch (command.kind) {
    case "sql": {
      const script = session.splitScript(await readQueryText(command.text));
      if (script.length === 0) throw wrongUse("The query is empty");
      for (const statement of script) {
        const result = await runStatement(session, statement, command.options, signal);
        if (result.schema.fields.length > 0) yield* write(result);
      }
      return;
    }
    case "explain": {
      const mode = asWrongUse(() => explainModeOf(command.mode));
      yield* explained(session, await readQueryText(command.text), mode);
      return;
    }
    case "schema":
      yield* schemaOf(session.read.parquet(command.path), session, command.options.format, signal);
  }
}

/** What a query took where that was asked for, and what it cost, if only it would have. */
function afterwards({ metrics }: ResultStream, options: CommonOptions): string {
  const region = options.region ?? process.env["AWS_REGION"] ?? "us-east-1";
  if (!options.metrics && metrics.billed === undefined) return "";
  const receipt = receiptText(queryReceipt(metrics, region));
  return options.metrics ? metricsText(metrics) + receipt : receipt;
}

async function* explained(
  session: Session,
  text: string,
  mode: ReturnType<typeof explainModeOf>,
): AsyncGenerator<string, void, void> {
  const script = session.splitScript(text);
  if (script.length === 0) throw wrongUse("The query is empty");
  let last: DataFrame | null = null;
  for (const statement of script) last = session.sql(statement);
  if (last !== null) yield `${(await last.explainString(mode)).trimEnd()}\n`;
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
    yield schema.treeString();
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
