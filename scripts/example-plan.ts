import { join } from "node:path";
import { Session } from "../src/index.ts";
import { type DocumentSection, updateSection } from "./document-section.ts";

const ROOT = join(import.meta.dirname, "..");
const QUERY = `
SELECT payment_type, avg(monthly_charges)
FROM parquet.\`${ROOT}/examples/telco-churn/data\`
WHERE tenure / 12 > 2
GROUP BY payment_type`;

/** CONTRIBUTING's optimized plan and stages of the query that it follows, each file a task of its own. */
export async function examplePlanSection(): Promise<DocumentSection> {
  const spark = Session.local({
    workers: 2,
    settings: { "spark.sql.files.maxPartitionBytes": "10k" },
  });
  try {
    const frame = spark.sql(QUERY);
    const [, optimized = ""] = (await frame.explainString("extended")).split(
      "== Optimized Logical Plan ==\n",
    );
    const [plan = ""] = optimized.split("\n\n");
    const stages = await frame.explainString("stages");
    return {
      document: "CONTRIBUTING.md",
      name: "example plan",
      command: "npm run docs",
      text: fenced(`== Optimized Logical Plan ==\n${plan}\n\n${stages.trimEnd()}`),
    };
  } finally {
    await spark.stop();
  }
}

/** Paths and lines as long as a reader of any machine wants them. */
function fenced(text: string): string {
  const short = text
    .replaceAll(`${ROOT}/`, "")
    .split("\n")
    .map((line) => line.replace(/, Format: Parquet.*, (RowGroups: )/, ", …, $1"));
  return `\`\`\`text\n${short.join("\n")}\n\`\`\``;
}

if (import.meta.main) updateSection(await examplePlanSection());
