import { AnalysisError } from "../common/errors.ts";

const SIZE = /^(-?\d+(?:\.\d+)?)\s*(?:([kmgtp])(?:i?b)?|b)?$/i;
const UNITS = "kmgtp";

/** Bytes of a size as Spark writes it: `512`, `100k`, `64MB`, `2g`; units are powers of 1024. */
export function parseSize(text: string): number {
  const match = SIZE.exec(text.trim());
  const bytes =
    match === null
      ? Number.NaN
      : Number(match[1]) * 1024 ** (UNITS.indexOf((match[2] ?? "").toLowerCase() || "-") + 1);
  if (Number.isFinite(bytes)) return Math.floor(bytes);
  throw new AnalysisError({
    condition: "INVALID_SIZE",
    message: `Size must be specified as bytes (b), kibibytes (k), mebibytes (m), gibibytes (g), tebibytes (t), or pebibytes(p). E.g. 50b, 100k, or 250m. Failed to parse byte string: ${text}`,
    sqlState: "22023",
    details: { value: text },
  });
}
