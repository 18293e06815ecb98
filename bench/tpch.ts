import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type BenchAnswer, startEngine } from "./engine-process.ts";
import { tpchData } from "./tpch-data.ts";

const QUERIES = ["01", "03", "05", "06", "07", "08", "09", "10", "12", "13", "14", "19"];
const { values: options } = parseArgs({
  options: {
    sf: { type: "string", default: "1" },
    workers: { type: "string", default: "2" },
    rounds: { type: "string", default: "5" },
    only: { type: "string" },
  },
});
const folder = tpchData(options.sf);
const rounds = Number(options.rounds);
const wanted = options.only?.split(",") ?? QUERIES;
const engines = {
  tindra: await startEngine("./tindra-engine.ts", [folder, options.workers]),
  duckdb: await startEngine("./duckdb-engine.ts", [folder, options.workers]),
};

const queries = [];
let peakRssBytes = 0;
for (const number of wanted) {
  const sql = readFileSync(
    join(import.meta.dirname, `../test/data/tpch/queries/q${number}.sql`),
    "utf8",
  );
  const times: { tindra: number[]; duckdb: number[] } = { tindra: [], duckdb: [] };
  for (let round = 0; round <= rounds; round++) {
    const tindra = await engines.tindra.run(sql);
    const duckdb = await engines.duckdb.run(sql);
    peakRssBytes = Math.max(peakRssBytes, tindra.peakRssBytes);
    if (round === 0) requireSameRows(number, tindra, duckdb);
    else {
      times.tindra.push(tindra.ms);
      times.duckdb.push(duckdb.ms);
    }
  }
  const ms = median(times.tindra);
  const duckdbMs = median(times.duckdb);
  const query = {
    id: `q${number}`,
    ms: round1(ms),
    duckdbMs: round1(duckdbMs),
    ratio: round2(ms / duckdbMs),
  };
  queries.push(query);
  process.stdout.write(
    `${query.id}  Tindra ${query.ms.toFixed(1).padStart(7)} ms  DuckDB ${query.duckdbMs.toFixed(1).padStart(7)} ms  ratio ${query.ratio.toFixed(2)}\n`,
  );
}
const geomean = round2(
  Math.exp(queries.reduce((sum, q) => sum + Math.log(q.ratio), 0) / queries.length),
);
process.stdout.write(
  `geometric mean of the ratios ${geomean.toFixed(2)}, peak memory of Tindra ${Math.round(peakRssBytes / 1e6)} MB\n`,
);
if (!options.only)
  writeFileSync(
    join(import.meta.dirname, "results.json"),
    `${JSON.stringify({ suite: "tpch", sf: Number(options.sf), workers: Number(options.workers), peakRssBytes, queries, geomean }, null, 2)}\n`,
  );
engines.tindra.stop();
engines.duckdb.stop();

/** A comparison of wrong answers would be worth nothing. */
function requireSameRows(number: string, a: BenchAnswer, b: BenchAnswer): void {
  const same =
    a.rows.length === b.rows.length &&
    a.rows.every((row, i) => row.every((cell, k) => sameCell(cell, b.rows[i]?.[k] ?? "")));
  if (same) return;
  process.stderr.write(
    `q${number}: the answers differ\n${JSON.stringify(a.rows.slice(0, 5))}\n${JSON.stringify(b.rows.slice(0, 5))}\n`,
  );
  process.exit(1);
}

/** Spark's averages and quotients are decimals of few digits where DuckDB's are doubles. */
function sameCell(a: string, b: string): boolean {
  if (a === b) return true;
  const [x, y] = [Number(a), Number(b)];
  return Math.abs(x - y) <= 1e-6 * Math.max(1, Math.abs(x), Math.abs(y));
}

function median(numbers: number[]): number {
  return numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}

function round1(value: number): number {
  return Math.round(value * 10) / 10;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
