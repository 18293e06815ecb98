import { STRING } from "../../columnar/data-type.ts";
import type { Example, ScalarBuiltin } from "../builtin.ts";
import { INT_PARAMETER, TEXT_OR_BINARY_PARAMETER, typeArguments } from "../parameters.ts";
import { characterCount, sliceCharacters } from "./characters.ts";

type Side = "left" | "right";

const padNamed = (name: string, side: Side, examples: readonly Example[]): ScalarBuiltin => ({
  kind: "scalar",
  name,
  resolve: (args, context) => {
    const [text, length, pad] = typeArguments(
      args,
      context,
      [TEXT_OR_BINARY_PARAMETER, INT_PARAMETER, TEXT_OR_BINARY_PARAMETER],
      2,
    );
    const isBinary = text?.kind === "binary" && (pad === undefined || pad.kind === "binary");
    const type = isBinary ? text : STRING;
    const types = [type, length ?? STRING, type].slice(0, args.length);
    return { args: types, type };
  },
  kernel: {
    kind: "row",
    prepare: (call) =>
      call.type.kind === "binary"
        ? (bytes: Uint8Array, length: number, pad = new Uint8Array(1)) =>
            padBytes(bytes, Math.max(length, 0), pad, side)
        : (text: string, length: number, pad = " ") =>
            padText(text, Math.max(length, 0), pad, side),
  },
  print: (args, type) => {
    const pad = type?.kind === "binary" ? "X'00'" : " ";
    return `${name}(${[...args, ...(args.length === 2 ? [pad] : [])].join(", ")})`;
  },
  examples,
});

/** Filled up on the left to a length in code points (bytes of binary), or cut to it. */
export const LPAD: ScalarBuiltin = padNamed("lpad", "left", [
  { sql: "SELECT lpad('hi', 5, '??'), lpad('hi', 5, '?!')", rows: ["???hi\t?!?hi"] },
  { sql: "SELECT lpad('hi', 1, '??')", rows: ["h"] },
  { sql: "SELECT lpad('hi', 5)", rows: ["   hi"] },
  { sql: "SELECT hex(lpad(x'aabb', 5))", rows: ["000000AABB"] },
  { sql: "SELECT hex(lpad(x'aabb', 5, x'1122'))", rows: ["112211AABB"] },
]);

/** Filled up on the right to a length in code points (bytes of binary), or cut to it. */
export const RPAD: ScalarBuiltin = padNamed("rpad", "right", [
  { sql: "SELECT rpad('hi', 5, '??')", rows: ["hi???"] },
  { sql: "SELECT rpad('hi', 1, '??'), rpad('hi', 5, '')", rows: ["h\thi"] },
  { sql: "SELECT hex(rpad(x'aabb', 5))", rows: ["AABB000000"] },
  { sql: "SELECT hex(rpad(x'aabb', 5, x'1122'))", rows: ["AABB112211"] },
]);

function padText(text: string, length: number, pad: string, side: Side): string {
  const missing = length - characterCount(text);
  if (missing <= 0) return sliceCharacters(text, 0, length);
  const size = characterCount(pad);
  if (size === 0) return text;
  const filling = pad.repeat(Math.floor(missing / size)) + sliceCharacters(pad, 0, missing % size);
  return side === "left" ? filling + text : text + filling;
}

function padBytes(bytes: Uint8Array, length: number, pad: Uint8Array, side: Side): Uint8Array {
  if (bytes.length >= length) return bytes.slice(0, length);
  if (pad.length === 0) return bytes;
  const missing = length - bytes.length;
  const padded = new Uint8Array(length);
  const start = side === "left" ? 0 : bytes.length;
  for (let i = 0; i < missing; i++) padded[start + i] = pad[i % pad.length] ?? 0;
  padded.set(bytes, side === "left" ? missing : 0);
  return padded;
}
