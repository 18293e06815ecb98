import { parseArgs } from "node:util";
import { parseSize } from "../query/parse-size.ts";
import { formatOf } from "./formats/choose-format.ts";
import type { FormatName } from "./formats/format-name.ts";
import { wrongUse } from "./wrong-use.ts";

/** What every command knows. */
export interface CommonOptions {
  readonly tables: readonly (readonly [name: string, path: string])[];
  readonly settings: readonly (readonly [key: string, value: string])[];
  readonly workers: number | null;
  /** As typed: `512m`. */
  readonly memory: string | null;
  readonly format: FormatName;
  readonly output: string | null;
  readonly events: string | null;
  readonly metrics: boolean;
  /** The engine on AWS that runs the queries; null: this machine. */
  readonly engine: string | null;
  readonly region: string | null;
  /** Dollars that a query may cost on AWS, or would cost there. */
  readonly budget: number | null;
  /** Bytes of data that a query may read. */
  readonly maxBytes: number | null;
}

/** What the command line asks for. */
export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "sql"; readonly text: QueryText; readonly options: CommonOptions }
  | {
      readonly kind: "explain";
      readonly mode: string;
      readonly text: QueryText;
      readonly options: CommonOptions;
    }
  | { readonly kind: "schema"; readonly path: string; readonly options: CommonOptions };

/** Where the SQL is: typed, in a file, or on standard input. */
export type QueryText =
  | { readonly from: "argument"; readonly text: string }
  | { readonly from: "file"; readonly path: string }
  | { readonly from: "stdin" };

const OPTIONS = {
  table: { type: "string", multiple: true },
  set: { type: "string", multiple: true },
  format: { type: "string" },
  output: { type: "string", short: "o" },
  workers: { type: "string" },
  memory: { type: "string" },
  events: { type: "string" },
  metrics: { type: "boolean" },
  on: { type: "string" },
  engine: { type: "string" },
  region: { type: "string" },
  budget: { type: "string" },
  "max-bytes": { type: "string" },
  mode: { type: "string" },
  file: { type: "string", short: "f" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

type Values = ReturnType<typeof parse>["values"];

/**
 * Reads the arguments behind the program's name. Without a query its text is standard input, unless that is a terminal.
 * Throws `WRONG_USE`.
 */
export function parseCommand(
  args: readonly string[],
  stdinIsTerminal: boolean = process.stdin.isTTY === true,
): Command {
  const { values, positionals } = parse(args.map(notAnOption));
  if (values.version) return { kind: "version" };
  const [name, ...rest] = positionals;
  if (values.help || name === "help") return { kind: "help" };
  if (values.mode !== undefined && name !== "explain")
    throw wrongUse("--mode goes with explain only");
  const options = commonOptions(values);
  switch (name) {
    case "sql":
      return { kind: "sql", text: queryText(values, rest, stdinIsTerminal), options };
    case "explain":
      return {
        kind: "explain",
        mode: values.mode ?? "simple",
        text: queryText(values, rest, stdinIsTerminal),
        options: onlyText(options),
      };
    case "schema":
      return { kind: "schema", path: onePath(rest), options };
    case undefined:
      throw wrongUse("No command: sql, explain or schema");
    default:
      throw wrongUse(`Unknown command ${name}: use sql, explain or schema`);
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (thrown) {
    throw wrongUse(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** An SQL text that begins with a comment, so that it does not pass for an option. */
function notAnOption(arg: string): string {
  const [, name = ""] = /^--([^\s=]*)/.exec(arg) ?? [];
  const isComment = arg.startsWith("--") && /\s/.test(arg) && !Object.hasOwn(OPTIONS, name);
  return isComment ? ` ${arg}` : arg;
}

/** Plans are text. */
function onlyText(options: CommonOptions): CommonOptions {
  if (options.format === "table") return options;
  throw wrongUse(`explain prints text, not ${options.format}`);
}

function commonOptions(values: Values): CommonOptions {
  return {
    tables: (values.table ?? []).map((text) => pair(text, "--table", "NAME=PATH")),
    settings: (values.set ?? []).map((text) => pair(text, "--set", "KEY=VALUE")),
    workers: values.workers === undefined ? null : workerCount(values.workers),
    memory: values.memory ?? null,
    format: formatOf(values.format, values.output),
    output: values.output ?? null,
    events: values.events ?? null,
    metrics: values.metrics ?? false,
    ...placeOf(values),
    budget: values.budget === undefined ? null : dollars(values.budget),
    maxBytes: values["max-bytes"] === undefined ? null : byteCount(values["max-bytes"]),
  };
}

/** Where queries run. */
function placeOf(values: Values): Pick<CommonOptions, "engine" | "region"> {
  const { on = "local", engine, region } = values;
  if (on === "local") {
    const stray = engine !== undefined ? "--engine" : region !== undefined ? "--region" : null;
    if (stray !== null) throw wrongUse(`${stray} goes with --on aws only`);
    return { engine: null, region: null };
  }
  if (on !== "aws") throw wrongUse(`--on wants local or aws, not ${on}`);
  if (engine === undefined) throw wrongUse("--on aws wants --engine NAME");
  for (const option of ["workers", "memory", "events"] as const)
    if (values[option] !== undefined) throw wrongUse(`--${option} does not go with --on aws`);
  return { engine, region: region ?? null };
}

function queryText(values: Values, rest: readonly string[], stdinIsTerminal: boolean): QueryText {
  const [text, ...more] = rest;
  if (values.file !== undefined) {
    if (text !== undefined) throw wrongUse("Give a query or -f FILE, not both");
    return values.file === "-" ? { from: "stdin" } : { from: "file", path: values.file };
  }
  if (text === undefined && !stdinIsTerminal) return { from: "stdin" };
  if (text === undefined) throw wrongUse("No query: give QUERY, -f FILE, or - for stdin");
  if (more.length > 0)
    throw wrongUse(`One query only; put it in quotes. Unexpected: ${more.join(" ")}`);
  return text === "-" ? { from: "stdin" } : { from: "argument", text };
}

function onePath(rest: readonly string[]): string {
  const [path, ...more] = rest;
  if (path === undefined || more.length > 0) throw wrongUse("schema takes one PATH");
  return path;
}

function pair(text: string, option: string, form: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at < 1) throw wrongUse(`${option} wants ${form}, not ${text}`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function dollars(text: string): number {
  const amount = Number(text.replace(/^\$/, ""));
  if (amount > 0 && Number.isFinite(amount)) return amount;
  throw wrongUse(`--budget wants dollars, such as 0.05, not ${text}`);
}

function byteCount(text: string): number {
  try {
    const bytes = parseSize(text);
    if (bytes > 0) return bytes;
  } catch {
    // said below
  }
  throw wrongUse(`--max-bytes wants a size, such as 10g, not ${text}`);
}

function workerCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 1024) return count;
  throw wrongUse(`--workers wants a number from 1 to 1024, not ${text}`);
}
