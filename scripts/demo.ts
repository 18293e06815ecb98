import { runTelcoChurn } from "../examples/telco-churn/telco-churn.ts";
import { metricsText } from "../src/cli/metrics-text.ts";
import { showProgress } from "../src/cli/progress.ts";
import { Session } from "../src/index.ts";

const FLIGHTS = new URL("../data/flights-3m.parquet", import.meta.resolve("vega-datasets")).href;

const QUERIES: readonly { readonly title: string; readonly sql: string }[] = [
  {
    title: "The ten busiest routes and how late they run",
    sql: `
SELECT origin, destination, count(*) AS flights, round(avg(delay), 1) AS avg_delay, max(delay) AS worst
FROM flights
GROUP BY origin, destination
ORDER BY flights DESC, origin, destination
LIMIT 10`,
  },
  {
    title: "Two days of February, by hour: only the row groups of those days are read",
    sql: `
SELECT hour(date) AS hour, count(*) AS flights, sum(CASE WHEN delay > 15 THEN 1 ELSE 0 END) AS late
FROM flights
WHERE date >= TIMESTAMP_NTZ '2001-02-10' AND date < TIMESTAMP_NTZ '2001-02-12'
GROUP BY hour(date)
ORDER BY hour
LIMIT 8`,
  },
  {
    title:
      "Airports whose long flights leave later than their short ones, by a join of two aggregates",
    sql: `
WITH long AS (SELECT origin, avg(delay) AS delay, count(*) AS flights FROM flights WHERE distance > 1000 GROUP BY origin),
     short AS (SELECT origin, avg(delay) AS delay FROM flights WHERE distance <= 1000 GROUP BY origin)
SELECT long.origin, long.flights, round(long.delay, 2) AS long_delay, round(short.delay, 2) AS short_delay
FROM long JOIN short ON long.origin = short.origin
WHERE long.delay > short.delay AND long.flights > 5000
ORDER BY long.delay - short.delay DESC
LIMIT 10`,
  },
];

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

await using session = Session.local();
const progress = showProgress(session);
await runTelcoChurn(session);
session.read.parquet(FLIGHTS).createOrReplaceTempView("flights");
for (const { title, sql } of QUERIES) {
  print(`${"-".repeat(100)}\n${title}\n${sql}\n`);
  const result = await session.sql(sql).run();
  progress.clear();
  print(result.showString());
  print(metricsText(result.metrics));
}
