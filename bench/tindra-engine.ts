import { Session } from "../src/index.ts";
import { TPCH_TABLES } from "../test/support/tpch-tables.ts";
import { serveEngine } from "./engine-process.ts";

const [folder = "", workers = "2"] = process.argv.slice(2);
const spark = Session.local({ workers: Number(workers) });
for (const table of TPCH_TABLES)
  spark.read.parquet(`${folder}/${table}.parquet`).createOrReplaceTempView(table);

serveEngine(async (sql) => {
  const start = performance.now();
  const result = await spark.sql(sql).run();
  const rows = result.rows();
  const ms = performance.now() - start;
  return { ms, rows: rows.map((row) => row.toArray().map(cell)) };
});

function cell(value: unknown): string {
  return typeof value === "number" ? String(Number(value.toPrecision(9))) : String(value);
}
