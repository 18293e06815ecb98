import { INT } from "../../columnar/data-type.ts";
import type { CallFacts, ScalarBuiltin, ScalarKernel } from "../builtin.ts";
import { TEXT_OR_BINARY_PARAMETER, takes } from "../parameters.ts";
import { pushLength } from "./ref-code.ts";

const resolve = takes([TEXT_OR_BINARY_PARAMETER], INT);

const bytesTimes = (factor: number): ScalarKernel => ({
  kind: "emit",
  emit: ({ code }, [text]) => {
    if (text) pushLength(code, text);
    if (factor !== 1) code.i32(factor).op("i32.mul");
  },
});

const lengthKernel = (call: CallFacts): ScalarKernel =>
  call.args[0]?.type.kind === "binary"
    ? bytesTimes(1)
    : {
        kind: "emit",
        emit: (context, [text]) => {
          if (text) context.code.get(text);
          context.kernel("stringLength");
        },
      };

/** Code points of text, bytes of binary. */
export const LENGTH: ScalarBuiltin = {
  kind: "scalar",
  name: "length",
  aliases: ["char_length", "character_length", "len"],
  resolve,
  kernel: lengthKernel,
  cost: 3,
  examples: [
    { sql: "SELECT length('Spark SQL ')", rows: ["10"] },
    { sql: "SELECT length(x'537061726b2053514c')", rows: ["9"] },
    { sql: "SELECT char_length('héllo😀')", rows: ["6"] },
    { sql: "SELECT CHARACTER_LENGTH(123)", rows: ["3"] },
  ],
};

export const OCTET_LENGTH: ScalarBuiltin = {
  kind: "scalar",
  name: "octet_length",
  resolve,
  kernel: bytesTimes(1),
  examples: [
    { sql: "SELECT octet_length('é')", rows: ["2"] },
    { sql: "SELECT octet_length(x'537061726b2053514c')", rows: ["9"] },
  ],
};

export const BIT_LENGTH: ScalarBuiltin = {
  kind: "scalar",
  name: "bit_length",
  resolve,
  kernel: bytesTimes(8),
  examples: [
    { sql: "SELECT bit_length('Spark SQL')", rows: ["72"] },
    { sql: "SELECT bit_length(x'537061726b2053514c')", rows: ["72"] },
  ],
};
