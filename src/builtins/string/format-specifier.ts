import { DataError } from "../../common/errors.ts";

/** One specifier of a format, `%[index$][flags][width][.precision]conversion`. */
export interface FormatSpecifier {
  readonly text: string;
  /** From 1; null where it names none. */
  readonly index: number | null;
  readonly flags: string;
  readonly width: number;
  readonly precision: number | null;
  readonly conversion: string;
}

const SPECIFIER = /%(?:(\d+)\$)?([-#+ 0,(<]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/y;
const MAX_INT = 2_147_483_647;

/** The flags that a conversion takes besides `-` and `<`, and whether it takes a precision. */
const RULES: Readonly<Record<string, readonly [flags: string, hasPrecision: boolean]>> = {
  b: ["", true],
  h: ["", true],
  s: ["", true],
  c: ["", false],
  d: ["+ 0,(", false],
  x: ["#0", false],
  o: ["#0", false],
  e: ["#+ 0(", true],
  f: ["#+ 0,(", true],
  g: ["+ 0,(", true],
  a: ["#+ 0", true],
  "%": ["", false],
  n: ["", false],
};

/** Reads the specifier that begins at a `%`. Fails with `INVALID_PARAMETER_VALUE.FORMAT_STRING` as Java does. */
export function readSpecifier(format: string, start: number): FormatSpecifier {
  SPECIFIER.lastIndex = start;
  const match = SPECIFIER.exec(format);
  if (match === null)
    throw invalidFormat(`UnknownFormatConversion '${format.slice(start, start + 2)}'`);
  const [text, index, flags = "", width, precision, conversion = ""] = match;
  const rule = RULES[/^[BHSCXEGA]$/.test(conversion) ? conversion.toLowerCase() : conversion];
  if (rule === undefined) throw invalidFormat(`Conversion = '${conversion}'`);
  for (const number of [width, precision])
    if (Number(number ?? 0) > MAX_INT) throw invalidFormat(`${number} is too large`);
  requireFlags(flags, rule[0], conversion, width !== undefined);
  if (precision !== undefined && !rule[1]) throw invalidFormat(`Precision = ${precision}`);
  if (conversion === "n" && (width !== undefined || flags !== "")) throw invalidFormat(text);
  return {
    text,
    index: index === undefined ? null : Number(index),
    flags,
    width: Number(width ?? 0),
    precision: precision === undefined ? null : Number(precision),
    conversion,
  };
}

function requireFlags(flags: string, allowed: string, conversion: string, hasWidth: boolean): void {
  const has = (flag: string): boolean => flags.includes(flag);
  if (new Set(flags).size !== flags.length || (has("-") && has("0")) || (has("+") && has(" ")))
    throw invalidFormat(`Flags = '${flags}'`);
  if ((has("-") || has("0")) && !hasWidth)
    throw invalidFormat(`Flags = '${flags}' without a width`);
  const wrong = Array.from(flags).find((flag) => !`-<${allowed}`.includes(flag));
  if (wrong !== undefined) throw invalidFormat(`Conversion = ${conversion}, Flags = ${wrong}`);
}

/** The error for a format that Java refuses. */
export function invalidFormat(reason: string): DataError {
  return new DataError({
    condition: "INVALID_PARAMETER_VALUE.FORMAT_STRING",
    message: `The value of parameter(s) \`strfmt\` in \`format_string\` is invalid: ${reason}.`,
    sqlState: "22023",
  });
}
