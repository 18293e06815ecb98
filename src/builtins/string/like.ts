import { BOOLEAN } from "../../columnar/data-type.ts";
import { encodeText, readableText } from "../../columnar/text-bytes.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { Argument, CallFacts, EmitContext, ScalarBuiltin, ScalarKernel } from "../builtin.ts";
import { STRING_PARAMETER, takes } from "../parameters.ts";
import { type LikeToken, likeRegExp, parseLikePattern } from "./like-pattern.ts";
import { pushConstant, pushReadable } from "./ref-code.ts";

const ANY_CHARACTER = 0xff;
const ANY_CHARACTERS = 0xfe;
const PREFIX = 1;
const SUFFIX = 2;

/** `text LIKE pattern`: `%` is any text, `_` any character; the escape character may be given as a third argument. */
export const LIKE: ScalarBuiltin = {
  kind: "scalar",
  name: "like",
  resolve: takes([STRING_PARAMETER, STRING_PARAMETER, STRING_PARAMETER], BOOLEAN, { required: 2 }),
  kernel: likeKernel,
  print: ([text, pattern, escapedBy]) =>
    `${text} LIKE ${pattern}${escapedBy === undefined || escapedBy === "\\" ? "" : ` ESCAPE '${escapedBy}'`}`,
  cost: 8,
  examples: [
    { sql: "SELECT like('Spark', '_park')", rows: ["true"] },
    {
      sql: "SELECT 'Spark SQL' LIKE 'Spark%', 'Spark SQL' LIKE '%rk%S%', 'é' LIKE '_'",
      rows: ["true\ttrue\ttrue"],
    },
    {
      sql: "SELECT '%SystemDrive%\\\\Users\\\\John' like r'%SystemDrive%\\\\Users%'",
      rows: ["true"],
    },
    {
      sql: "SELECT '%SystemDrive%/Users/John' like '/%SystemDrive/%//Users%' ESCAPE '/'",
      rows: ["true"],
    },
  ],
};

/** As LIKE, on both sides in lower case. */
export const ILIKE: ScalarBuiltin = {
  kind: "scalar",
  name: "ilike",
  resolve: takes([STRING_PARAMETER, STRING_PARAMETER, STRING_PARAMETER], BOOLEAN, { required: 2 }),
  kernel: {
    kind: "row",
    text: "readable",
    prepare: () => {
      const matcher = cachedMatcher();
      return (text: string, pattern: string, escapedBy?: string) =>
        matcher(pattern.toLowerCase(), escapedBy).test(text.toLowerCase());
    },
  },
  print: ([text, pattern]) => `ilike(${text}, ${pattern})`,
  examples: [
    { sql: "SELECT ilike('Spark', '_Park')", rows: ["true"] },
    { sql: "SELECT 'É' ILIKE 'é%'", rows: ["true"] },
    {
      sql: "SELECT '%SystemDrive%/Users/John' ilike '/%SYSTEMDrive/%//Users%' ESCAPE '/'",
      rows: ["true"],
    },
  ],
};

function likeKernel(call: CallFacts): ScalarKernel {
  const pattern = constantText(call.args[1]);
  const escapedBy = call.args.length === 3 ? constantText(call.args[2]) : "\\";
  if (pattern === null || escapedBy === null) {
    return {
      kind: "row",
      text: "readable",
      prepare: () => {
        const matcher = cachedMatcher();
        return (text: string, like: string, escapeWith?: string) =>
          matcher(like, escapeWith).test(text);
      },
    };
  }
  const tokens = parseLikePattern(pattern, escapedBy);
  return { kind: "emit", emit: (context, [text]) => text && emitLike(context, text, tokens) };
}

function constantText(argument: Argument | undefined): string | null {
  const value = argument?.literal?.value;
  return typeof value === "string" ? value : null;
}

function cachedMatcher(): (pattern: string, escapedBy: string | undefined) => RegExp {
  let last = { pattern: "", escapedBy: "", matcher: likeRegExp([]) };
  return (pattern, escapedBy = "\\") => {
    if (pattern !== last.pattern || escapedBy !== last.escapedBy) {
      const matcher = likeRegExp(parseLikePattern(pattern, escapedBy));
      last = { pattern, escapedBy, matcher };
    }
    return last.matcher;
  };
}

function emitLike(context: EmitContext, text: Local, tokens: readonly LikeToken[]): void {
  if (tokens.some((token) => token.kind === "anyCharacter")) {
    pushReadable(context, text, "java");
    pushConstant(context, patternBytes(tokens));
    context.kernel("likePattern");
    return;
  }
  context.code.get(text);
  const parts = tokens.flatMap((token) => (token.kind === "text" ? [token.text] : []));
  const startsFree = tokens[0]?.kind === "anyCharacters";
  const endsFree = tokens.at(-1)?.kind === "anyCharacters";
  if (parts.length > 1 || (parts.length === 0 && startsFree)) {
    context.code.i32(
      context.constant(partsProgram(parts, (startsFree ? 0 : PREFIX) | (endsFree ? 0 : SUFFIX))),
    );
    context.kernel("likeParts");
    return;
  }
  pushConstant(context, encodeText(parts[0] ?? ""));
  if (startsFree) context.kernel(endsFree ? "stringContains" : "stringEndsWith");
  else context.kernel(endsFree ? "stringStartsWith" : "refEquals");
}

function patternBytes(tokens: readonly LikeToken[]): Uint8Array {
  return Uint8Array.from(
    tokens.flatMap((token) => {
      if (token.kind === "text") return [...encodeText(readableText(token.text))];
      return [token.kind === "anyCharacter" ? ANY_CHARACTER : ANY_CHARACTERS];
    }),
  );
}

function partsProgram(parts: readonly string[], flags: number): Uint8Array {
  const encoded = parts.map((part) => encodeText(part));
  const headerBytes = 8 + parts.length * 8;
  const program = new Uint8Array(encoded.reduce((sum, part) => sum + part.length, headerBytes));
  const view = new DataView(program.buffer);
  view.setUint32(0, parts.length, true);
  view.setUint32(4, flags, true);
  let offset = headerBytes;
  encoded.forEach((part, i) => {
    view.setUint32(8 + i * 8, part.length, true);
    view.setUint32(12 + i * 8, offset, true);
    program.set(part, offset);
    offset += part.length;
  });
  return program;
}
