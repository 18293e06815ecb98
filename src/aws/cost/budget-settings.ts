import { AnalysisError } from "../../common/errors.ts";
import { parseSize } from "../../query/parse-size.ts";
import type { BudgetLimits } from "./query-budget.ts";

const DOLLARS = "tindra.query.maxDollars";
const BYTES = "tindra.query.maxBytes";

/** Limits as settings, so that they go with a query to its engine. */
export function budgetSettings({ dollars, bytes }: BudgetLimits): { [key: string]: string } {
  return {
    ...(dollars === null ? {} : { [DOLLARS]: String(dollars) }),
    ...(bytes === null ? {} : { [BYTES]: String(bytes) }),
  };
}

/** The inverse: the limits among settings. Throws `INVALID_CONF_VALUE` for what is no amount. */
export function budgetLimits(get: (key: string, fallback: string) => string): BudgetLimits {
  const dollars = get(DOLLARS, "");
  const bytes = get(BYTES, "");
  return {
    dollars: dollars === "" ? null : amount(DOLLARS, dollars, Number(dollars)),
    bytes: bytes === "" ? null : amount(BYTES, bytes, parseSize(bytes)),
  };
}

function amount(key: string, text: string, value: number): number {
  if (value > 0 && Number.isFinite(value)) return value;
  throw new AnalysisError({
    condition: "INVALID_CONF_VALUE",
    message: `The value '${text}' in the config "${key}" is invalid: it must be above 0.`,
    sqlState: "22022",
    details: { confName: key, confValue: text },
  });
}
