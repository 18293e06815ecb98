import type { DataType } from "./data-type.ts";

/** True if it is a type of whole numbers; decimals are not. */
export function isIntegral(type: DataType): boolean {
  return ["byte", "short", "int", "long"].includes(type.kind);
}

/** True if it is float or double. */
export function isFloating(type: DataType): boolean {
  return type.kind === "float" || type.kind === "double";
}

/** True if it is float, double or decimal. */
export function isFractional(type: DataType): boolean {
  return isFloating(type) || type.kind === "decimal";
}

/** True if it is a type of numbers. */
export function isNumeric(type: DataType): boolean {
  return isIntegral(type) || isFractional(type);
}

/** True if it is a date or a timestamp of either kind. */
export function isDatetime(type: DataType): boolean {
  return type.kind === "date" || type.kind === "timestamp" || type.kind === "timestamp_ntz";
}

/** True if it is an interval of either kind. */
export function isInterval(type: DataType): boolean {
  return type.kind === "year_month_interval" || type.kind === "day_time_interval";
}
