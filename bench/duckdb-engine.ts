import { DuckDBInstance } from "@duckdb/node-api";
import { TPCH_TABLES } from "../test/support/tpch-tables.ts";
import { serveEngine } from "./engine-process.ts";

const [folder = "", threads = "2"] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(":memory:", { threads })).connect();
for (const table of TPCH_TABLES)
  await connection.run(
    `create view ${table} as select * from read_parquet('${folder}/${table}.parquet')`,
  );

serveEngine(async (sql) => {
  const start = performance.now();
  const reader = await connection.runAndReadAll(sql);
  const rows = reader.getRows();
  const ms = performance.now() - start;
  return { ms, rows: rows.map((row) => row.map(cell)) };
});

function cell(value: unknown): string {
  return typeof value === "number" ? String(Number(value.toPrecision(9))) : String(value);
}
