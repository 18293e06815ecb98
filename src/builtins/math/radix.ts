import { BINARY, type DataType, LONG, STRING } from "../../columnar/data-type.ts";
import { encodeText } from "../../columnar/text-bytes.ts";
import { isNumeric } from "../../columnar/type-class.ts";
import { arithmeticOverflow } from "../arithmetic-errors.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { INT_PARAMETER, LONG_PARAMETER, STRING_PARAMETER, takes } from "../parameters.ts";
import { requireArguments, unexpectedArgument } from "../type-mismatch.ts";

const UNSIGNED_MAX = (1n << 64n) - 1n;

function hexInput(type: DataType): DataType | null {
  if (type.kind === "string" || type.kind === "binary" || type.kind === "long") return type;
  return isNumeric(type) || type.kind === "null" ? LONG : null;
}

/** Numbers as unsigned 64 bits; text and binary byte by byte. */
export const HEX: ScalarBuiltin = {
  kind: "scalar",
  name: "hex",
  resolve: (args, context) => {
    requireArguments(args, context, 1);
    const type = hexInput(args[0]?.type ?? LONG);
    if (type) return { args: [type], type: STRING };
    throw unexpectedArgument(
      args,
      ([child = ""]) => `hex(${child})`,
      0,
      '("BIGINT" or "BINARY" or "STRING")',
    );
  },
  kernel: {
    kind: "row",
    prepare: () => (value: bigint | string | Uint8Array) =>
      (typeof value === "bigint"
        ? BigInt.asUintN(64, value).toString(16)
        : Buffer.from(typeof value === "string" ? encodeText(value) : value).toString("hex")
      ).toUpperCase(),
  },
  examples: [
    { sql: "SELECT hex(17)", rows: ["11"] },
    { sql: "SELECT hex('Spark SQL')", rows: ["537061726B2053514C"] },
  ],
};

export const UNHEX: ScalarBuiltin = {
  kind: "scalar",
  name: "unhex",
  resolve: takes([STRING_PARAMETER], BINARY, { nullable: true }),
  kernel: {
    kind: "row",
    prepare: () => (text: string) => {
      if (!/^[0-9a-fA-F]*$/.test(text)) return null;
      return new Uint8Array(Buffer.from(text.length % 2 === 0 ? text : `0${text}`, "hex"));
    },
  },
  examples: [{ sql: "SELECT decode(unhex('537061726B2053514C'), 'UTF-8')", rows: ["Spark SQL"] }],
};

export const BIN: ScalarBuiltin = {
  kind: "scalar",
  name: "bin",
  resolve: takes([LONG_PARAMETER], STRING),
  kernel: {
    kind: "row",
    prepare: () => (value: bigint) => BigInt.asUintN(64, value).toString(2),
  },
  examples: [
    { sql: "SELECT bin(13)", rows: ["1101"] },
    {
      sql: "SELECT bin(-13)",
      rows: ["1111111111111111111111111111111111111111111111111111111111110011"],
    },
  ],
};

/** Digits up to the first that the base does not have; a negative base makes the result signed. */
function convert(text: string, from: number, to: number, ansi: boolean): string | null {
  if (!isBase(from) || !isBase(Math.abs(to))) return null;
  const trimmed = text.replace(/^ +| +$/g, "");
  if (trimmed === "") return null;
  const negative = trimmed.startsWith("-");
  let value = 0n;
  for (const digit of trimmed.slice(negative ? 1 : 0)) {
    const amount = Number.parseInt(digit, 36);
    if (Number.isNaN(amount) || amount >= from) break;
    value = value * BigInt(from) + BigInt(amount);
    if (value > UNSIGNED_MAX) {
      if (ansi) throw arithmeticOverflow("Overflow in function conv()");
      value = UNSIGNED_MAX;
      break;
    }
  }
  return written(value, negative, to);
}

function isBase(base: number): boolean {
  return base >= 2 && base <= 36;
}

function written(value: bigint, negative: boolean, to: number): string {
  if (to > 0) {
    if (!negative) return value.toString(to).toUpperCase();
    const isBeyondLong = value >> 63n === 1n;
    return (isBeyondLong ? UNSIGNED_MAX : BigInt.asUintN(64, -value)).toString(to).toUpperCase();
  }
  const signed = BigInt.asIntN(64, value);
  const digits = (signed < 0n ? -signed : signed).toString(-to).toUpperCase();
  return negative || signed < 0n ? `-${digits}` : digits;
}

export const CONV: ScalarBuiltin = {
  kind: "scalar",
  name: "conv",
  resolve: takes([STRING_PARAMETER, INT_PARAMETER, INT_PARAMETER], STRING, { nullable: true }),
  kernel: {
    kind: "row",
    prepare:
      ({ ansi }) =>
      (text: string, from: number, to: number) =>
        convert(text, from, to, ansi),
  },
  examples: [
    { sql: "SELECT conv('100', 2, 10)", rows: ["4"] },
    { sql: "SELECT conv(-10, 16, -10)", rows: ["-16"] },
  ],
};
