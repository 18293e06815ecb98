const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** Bytes in Spark's words: `820.2 KiB`; `unknown` for null. */
export function printBytes(bytes: number | null): string {
  if (bytes === null) return "unknown";
  let unit = 0;
  let value = bytes;
  while (value >= 2048 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(1)} ${UNITS[unit]}`;
}

/** A number of rows that is only expected. */
export function printRows(rows: number | null): string {
  return rows === null ? "unknown" : String(Math.round(rows));
}
