import type { ResultStream } from "../answer/result-stream.ts";
import { pricesOf } from "../aws/cost/price-table.ts";
import { QueryBudget } from "../aws/cost/query-budget.ts";
import type { Session } from "../session/session.ts";
import type { CommonOptions } from "./options.ts";

/** Runs one statement within the limits of the command line; an engine elsewhere keeps them itself. */
export async function runStatement(
  session: Session,
  statement: Parameters<Session["sql"]>[0],
  { budget: dollars, maxBytes: bytes, region, engine }: CommonOptions,
  signal: AbortSignal,
): Promise<ResultStream> {
  const frame = session.sql(statement);
  const isElsewhere = engine !== null;
  if (isElsewhere || (dollars === null && bytes === null)) return frame.stream({ signal });
  const prices = pricesOf(region ?? process.env["AWS_REGION"] ?? "us-east-1");
  const budget = new QueryBudget({ dollars, bytes }, prices);
  const forget = session.onEvent((event) => budget.note(event));
  try {
    return await frame.stream({
      signal: AbortSignal.any([signal, budget.signal]),
      admit: (work) => budget.admit(work),
    });
  } finally {
    forget();
  }
}
