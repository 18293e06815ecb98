import { BINARY } from "../../columnar/data-type.ts";
import { encodeText } from "../../columnar/text-bytes.ts";
import { DataError } from "../../common/errors.ts";
import type { Argument, Example, ScalarBuiltin } from "../builtin.ts";
import { constantArgument } from "../constant-argument.ts";
import { STRING_PARAMETER, typeArguments } from "../parameters.ts";
import { invalidArgument, notConstant, requireArguments } from "../type-mismatch.ts";

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

const toBinaryNamed = (
  name: string,
  isTry: boolean,
  examples: readonly Example[],
): ScalarBuiltin => ({
  kind: "scalar",
  name,
  resolve: (args, context) => {
    requireArguments(args, context, 1, 2);
    requireFormat(args, isTry);
    return {
      args: typeArguments(args, context, [STRING_PARAMETER, STRING_PARAMETER], 1),
      type: BINARY,
      constants: [1],
      ...(isTry ? { nullable: true } : {}),
    };
  },
  kernel: {
    kind: "row",
    text: "readable",
    prepare:
      () =>
      (text: string, format = "hex") => {
        const bytes = bytesOf(text, format);
        if (bytes === "unknownFormat") return isTry ? null : unknownFormat(format, name);
        if (bytes === null && !isTry) throw conversionInvalidInput(text, format);
        return bytes;
      },
  },
  examples,
});

/** Text in hexadecimal digits, base64 or UTF-8 as bytes. Fails with `CONVERSION_INVALID_INPUT`. */
export const TO_BINARY: ScalarBuiltin = toBinaryNamed("to_binary", false, [
  { sql: "SELECT to_binary('abc', 'utf-8'), to_binary('737472696E67')", rows: ["abc\tstring"] },
]);

/** As `to_binary`, null for what does not fit or a format that is none. */
export const TRY_TO_BINARY: ScalarBuiltin = toBinaryNamed("try_to_binary", true, [
  {
    sql: "SELECT try_to_binary('a!', 'base64'), try_to_binary('YQ==', 'base64')",
    rows: ["NULL\ta"],
  },
]);

/** The format is a constant, and one of the known ones unless the function only tries. */
function requireFormat(args: readonly Argument[], isTry: boolean): void {
  const format = args[1];
  if (format === undefined) return;
  const print = (texts: readonly string[]): string => `to_binary(${texts.join(", ")})`;
  if (format.isConstant === false) throw notConstant(args, print, "fmt", '"STRING"');
  if (isTry) return;
  const value = constantArgument(format)?.value ?? null;
  if (value === null || bytesOf("", String(value)) !== "unknownFormat") return;
  throw invalidArgument(
    args,
    print,
    "fmt",
    'case-insensitive "hex", "utf-8", "utf8", or "base64"',
    `'${value}'`,
  );
}

/** Null where the text does not fit the format. */
function bytesOf(text: string, format: string): Uint8Array | null | "unknownFormat" {
  switch (format.toLowerCase()) {
    case "hex":
      if (!/^[0-9a-fA-F]*$/.test(text)) return null;
      return Buffer.from(text.length % 2 === 1 ? `0${text}` : text, "hex");
    case "utf-8":
    case "utf8":
      return encodeText(text);
    case "base64": {
      const digits = text.replace(/^[^=]*/, (body) => body.replace(/\s/g, ""));
      return BASE64.test(digits) ? Buffer.from(digits, "base64") : null;
    }
    default:
      return "unknownFormat";
  }
}

function unknownFormat(format: string, functionName: string): never {
  throw new DataError({
    condition: "INVALID_PARAMETER_VALUE.BINARY_FORMAT",
    message: `The value of parameter(s) \`fmt\` in \`${functionName}\` is invalid: expects one of hex, utf-8, base64, but got '${format}'.`,
    sqlState: "22023",
  });
}

function conversionInvalidInput(text: string, format: string): DataError {
  return new DataError({
    condition: "CONVERSION_INVALID_INPUT",
    message: `The value '${text}' (${format}) cannot be converted to BINARY because it is malformed. Correct the value as per the syntax, or change its format. Use \`try_to_binary\` to tolerate malformed input and return NULL instead.`,
    sqlState: "22018",
  });
}
