import type { Call, Expression } from "./expression.ts";
import { typeOf } from "./expression-type.ts";

/**
 * Spark's name of a sum of a date or timestamp and days or an interval, and of a product with an interval, which it
 * rewrites before it names them: `date_add(d, 7)`, `d + INTERVAL '1' MONTH`. Null for other calls. `args` are the
 * names of the arguments.
 */
export function temporalName(call: Call, args: readonly string[]): string | null {
  const [left, right] = call.args;
  if (left === undefined || right === undefined) return null;
  if (call.name === "*") return isInterval(right) ? `(${args[1]} * ${args[0]})` : null;
  if (call.name !== "+" && call.name !== "-") return null;
  const swapped = call.name === "+" && isInstant(right) && !isInstant(left);
  const [instant, amount] = swapped ? [right, left] : [left, right];
  const [time = "", by = ""] = swapped ? [args[1], args[0]] : args;
  if (isInstant(instant)) return nameOf(call.name, instant, time, amount, by);
  return isTextSum(left, right) ? `${args[0]} ${call.name} ${args[1]}` : textFirst(call, args);
}

/** A timestamp written as text and an interval, which Spark names with the text first. */
function textFirst(call: Call, args: readonly string[]): string | null {
  const [left, right] = call.args;
  if (left === undefined || right === undefined || !isTextSum(right, left)) return null;
  return `${args[1]} ${call.name} ${args[0]}`;
}

function isTextSum(text: Expression, interval: Expression): boolean {
  return (
    typeOf(withoutCast(text)).kind === "string" &&
    typeOf(withoutCast(interval)).kind === "day_time_interval"
  );
}

function isInterval(expression: Expression): boolean {
  return typeOf(withoutCast(expression)).kind.endsWith("_interval");
}

function nameOf(
  operator: "+" | "-",
  instant: Expression,
  time: string,
  amount: Expression,
  by: string,
): string | null {
  const type = typeOf(withoutCast(amount));
  switch (type.kind) {
    case "byte":
    case "short":
    case "int":
      return `${operator === "+" ? "date_add" : "date_sub"}(${time}, ${by})`;
    case "year_month_interval":
      return `${time} ${operator} ${by}`;
    case "day_time_interval": {
      const isDays = typeOf(instant).kind === "date" && type.start === "day" && type.end === "day";
      if (!isDays) return `${time} ${operator} ${by}`;
      const days = `extractansiintervaldays(${by})`;
      return `date_add(${time}, ${operator === "+" ? days : `(- ${days})`})`;
    }
    default:
      return null;
  }
}

function withoutCast(expression: Expression): Expression {
  return expression.kind === "cast" && expression.implicit
    ? withoutCast(expression.child)
    : expression;
}

function isInstant(expression: Expression): boolean {
  const { kind } = typeOf(withoutCast(expression));
  return kind === "date" || kind === "timestamp" || kind === "timestamp_ntz";
}
