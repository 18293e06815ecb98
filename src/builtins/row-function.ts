/**
 * A function on JavaScript values. By type: boolean → boolean; byte, short, int, float, double → number; date → days
 * as number; year-month interval → months as number; long, timestamps, day-time interval → bigint (microseconds);
 * decimal → bigint (unscaled); string → string; binary → Uint8Array; array → array; map → array of `[key, value]`;
 * struct → array by position; null → null.
 */
export type RowFunction = (...args: never[]) => unknown;
