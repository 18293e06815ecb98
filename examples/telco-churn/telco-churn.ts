import { relative } from "node:path";
import { type DataFrame, functions as F, type QueryResult, Session } from "../../src/index.ts";

const CUSTOMERS = `${import.meta.dirname}/data`;

/** Average monthly charges of loyal fiber customers, by payment type. */
export function averageCharges(session: Session): DataFrame {
  return session.read
    .parquet(CUSTOMERS)
    .withColumn("tenure_years", F.col("tenure").divide(12))
    .filter(F.col("tenure_years").gt(2))
    .filter(F.col("internet_service").equalTo("Fiber optic"))
    .groupBy("payment_type")
    .agg(F.avg("monthly_charges").as("avg_monthly_charges"));
}

/** Prints the plan before and after optimization, the answer, and the rows that reached each step. */
export async function runTelcoChurn(session: Session): Promise<void> {
  const print = (text: string): void => {
    process.stdout.write(`${text}\n`);
  };
  print(`Telco churn: ${relative(process.cwd(), CUSTOMERS)}\n`);
  const charges = averageCharges(session);
  print(await charges.explainString("extended"));
  await charges.show();
  print("Rows that left each step:");
  print(rowsByStep(await charges.run()));
}

function rowsByStep({ metrics }: QueryResult): string {
  const line = (rows: number, step: string): string => `${String(rows).padStart(7)}  ${step}`;
  const steps = metrics.stages.flatMap((stage) => [
    line(stage.rowsRead, "rows in"),
    ...stage.operators
      .toReversed()
      .flatMap(({ operator, rows, filters }) =>
        filters.length === 0
          ? [line(rows, operator)]
          : filters.map((filter) => line(filter.rows, `Filter ${filter.condition}`)),
      ),
  ]);
  return `${steps.join("\n")}\n`;
}

if (import.meta.main) {
  await using session = Session.local();
  await runTelcoChurn(session);
}
