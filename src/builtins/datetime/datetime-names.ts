import type { TextField } from "./datetime-pattern.ts";

/** The English names of the months, January first. */
export const MONTHS: readonly string[] = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** The English names of a field's values in order. */
export function fieldNames(field: TextField, isFull: boolean): readonly string[] {
  switch (field) {
    case "month":
      return isFull ? MONTHS : MONTHS.map((name) => name.slice(0, 3));
    case "weekday":
      return isFull ? WEEKDAYS : WEEKDAYS.map((name) => name.slice(0, 3));
    case "quarter":
      return isFull
        ? ["1st quarter", "2nd quarter", "3rd quarter", "4th quarter"]
        : ["Q1", "Q2", "Q3", "Q4"];
    case "era":
      return isFull ? ["Before Christ", "Anno Domini"] : ["BC", "AD"];
    case "halfDay":
      return ["AM", "PM"];
  }
}
