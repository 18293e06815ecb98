import { STRING } from "../../columnar/data-type.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { EmitContext, ScalarBuiltin } from "../builtin.ts";
import { STRING_PARAMETER, takes } from "../parameters.ts";
import { caseTable } from "./case-table.ts";
import { pushLength, pushReadable } from "./ref-code.ts";

/** Text in upper case, by Unicode's full mapping. */
export const UPPER: ScalarBuiltin = {
  kind: "scalar",
  name: "upper",
  aliases: ["ucase"],
  resolve: takes([STRING_PARAMETER], STRING),
  kernel: { kind: "emit", emit: (context, [text]) => text && emitCase(context, text, "upper") },
  cost: 10,
  examples: [
    { sql: "SELECT upper('SparkSql')", rows: ["SPARKSQL"] },
    { sql: "SELECT ucase('SparkSql')", rows: ["SPARKSQL"] },
    { sql: "SELECT upper('straße ŉ ﬁ')", rows: ["STRASSE ʼN FI"] },
  ],
};

/** Text in lower case, by Unicode's full mapping. */
export const LOWER: ScalarBuiltin = {
  kind: "scalar",
  name: "lower",
  aliases: ["lcase"],
  resolve: takes([STRING_PARAMETER], STRING),
  kernel: { kind: "emit", emit: (context, [text]) => text && emitCase(context, text, "lower") },
  cost: 10,
  examples: [
    { sql: "SELECT lower('SparkSql')", rows: ["sparksql"] },
    { sql: "SELECT lcase('SparkSql')", rows: ["sparksql"] },
    { sql: "SELECT lower('ΑΣ'), lower('ΑΣΑ'), lower('ΑΣ.')", rows: ["ας\tασα\tας."] },
  ],
};

const SPARE_BYTES = 16;

function emitCase(context: EmitContext, text: Local, to: "upper" | "lower"): void {
  const { code } = context;
  const table = context.constant(caseTable(to));
  code.get(text);
  context.kernel("stringIsAscii");
  code.if(
    () => {
      code.get(text);
      pushLength(code, text).i32(SPARE_BYTES).op("i32.add");
      context.allocate();
      code.i32(to === "upper" ? 1 : 0);
      context.kernel("asciiCase");
    },
    () => {
      const readable = code.local("i64");
      pushReadable(context, text, "standard");
      code.tee(readable);
      pushLength(code, readable).i32(3).op("i32.mul").i32(SPARE_BYTES).op("i32.add");
      context.allocate();
      code.i32(table).i32(to === "lower" ? 1 : 0);
      context.kernel("stringCase");
    },
    "i64",
  );
}
