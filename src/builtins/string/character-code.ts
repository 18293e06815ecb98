import { INT, STRING } from "../../columnar/data-type.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { LONG_PARAMETER, STRING_PARAMETER, takes } from "../parameters.ts";

/** The code point of the first character, 0 of an empty text. */
export const ASCII: ScalarBuiltin = {
  kind: "scalar",
  name: "ascii",
  resolve: takes([STRING_PARAMETER], INT),
  kernel: {
    kind: "row",
    text: "readable",
    prepare: () => (text: string) => text.codePointAt(0) ?? 0,
  },
  examples: [
    { sql: "SELECT ascii('222'), ascii('é'), ascii('')", rows: ["50\t233\t0"] },
    { sql: "SELECT ascii(2)", rows: ["50"] },
  ],
};

/** The character of a code modulo 256; empty where it is negative. */
export const CHR: ScalarBuiltin = {
  kind: "scalar",
  name: "chr",
  aliases: ["char"],
  resolve: takes([LONG_PARAMETER], STRING),
  kernel: {
    kind: "row",
    prepare: () => (code: bigint) => (code < 0n ? "" : String.fromCharCode(Number(code & 255n))),
  },
  examples: [{ sql: "SELECT chr(65), char(321), chr(-1)", rows: ["A\tA\t"] }],
};
