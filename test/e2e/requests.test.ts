import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planRanges } from "../../src/formats/parquet/plan-ranges.ts";
import { physicalPreOrder } from "../../src/physical/physical-tree.ts";
import { plannedRequests } from "../../src/query/explain/planned-requests.ts";
import { explainText } from "../../src/query/explain-text.ts";
import type { PlannedQuery } from "../../src/query/query-planner.ts";
import { plannedGets } from "../../src/shuffle/plan-shuffle-reads.ts";
import { CountedQueries } from "../support/counted-query.ts";
import type { StoreRequest } from "../support/stores/counting-object-store.ts";

const DATA = new URL("../data/", import.meta.url).pathname;
const table = (path: string): string => `parquet.\`${DATA}${path}\``;
const LINEITEM = table("tpch/sf0.01/lineitem.parquet");
const ORDERS = table("tpch/sf0.01/orders.parquet");

const SCAN = `SELECT sum(l_extendedprice * l_discount) FROM ${LINEITEM} WHERE l_quantity < 24`;
const NO_BROADCAST = { "spark.sql.autoBroadcastJoinThreshold": "-1" };

const count = (requests: readonly StoreRequest[], kind: StoreRequest["kind"]): number =>
  requests.filter((request) => request.kind === kind).length;

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

const textOf = ({ key, range }: { key: string; range?: { start: number; end: number } }): string =>
  `${key} ${range?.start}-${range?.end}`;

/** Every range that the plan's scans name, as text. */
function plannedRanges({ physical }: PlannedQuery): string[] {
  return physicalPreOrder(physical)
    .flatMap((node) =>
      node.kind !== "scan"
        ? []
        : node.splits.flatMap((split) =>
            split.files.flatMap((file) =>
              file.rowGroups.flatMap((rowGroup) =>
                planRanges(
                  file,
                  rowGroup,
                  node.output.map((column) => column.name),
                ).map((range) => textOf({ key: file.path, range })),
              ),
            ),
          ),
    )
    .sort();
}

describe.each([
  { store: "local", remote: false },
  { store: "remote", remote: true },
])("a scan of a $store store", ({ remote }) => {
  it("makes the GETs that the plan names, no other request, and says so in its metrics", async () => {
    using queries = new CountedQueries({ remote });
    const { query } = await queries.plan(SCAN);
    const planned = plannedRanges(query);
    expect(planned.length).toBeGreaterThan(0);
    const { data, job } = await queries.run(query);
    expect(data.map((request) => request.kind)).toEqual(data.map(() => "get"));
    expect(data.map(textOf).sort()).toEqual(planned);
    const [stage] = plannedRequests(query.graph);
    expect(stage).toMatchObject({ dataGets: planned.length });
    expect(job.metrics.stages[0]?.metrics.gets).toBe(planned.length);
    expect(job.metrics.stages[0]?.metrics.bytesRead).toBe(stage?.dataBytes);
  });

  it("asks nothing of row groups and partitions that the filter rules out", async () => {
    using queries = new CountedQueries({ remote });
    const all = await queries.plan(`SELECT l_comment FROM ${LINEITEM}`);
    const none = await queries.plan(`SELECT l_comment FROM ${LINEITEM} WHERE l_orderkey < -5`);
    expect(plannedRanges(all.query).length).toBeGreaterThan(0);
    expect((await queries.run(none.query)).data).toEqual([]);
    const year = `SELECT * FROM ${table("tables/sales")} WHERE year = 2024`;
    const { data } = await queries.run((await queries.plan(year)).query);
    expect(data.length).toBeGreaterThan(0);
    for (const { key } of data) expect(key).toContain("/year=2024/");
  });

  it("asks for no byte of a file to count its rows", async () => {
    using queries = new CountedQueries({ remote });
    const { query } = await queries.plan(`SELECT count(*) FROM ${LINEITEM}`);
    expect((await queries.run(query)).data).toEqual([]);
  });

  it("makes planned GETs only, and fewer, when a limit ends it early", async () => {
    using queries = new CountedQueries({ remote });
    const { query } = await queries.plan(`SELECT l_comment FROM ${LINEITEM} LIMIT 3`);
    const planned = new Set(plannedRanges(query));
    const { data } = await queries.run(query);
    for (const request of data) expect(planned).toContain(textOf(request));
    expect(new Set(data.map(textOf)).size).toBe(data.length);
  });
});

describe("planning", () => {
  it("looks at a file once and reads its footer once, whatever is asked of it later", async () => {
    using queries = new CountedQueries();
    const first = await queries.plan(SCAN);
    expect(first.requests.map(({ kind }) => kind)).toEqual(["head", "get"]);
    const second = await queries.plan(SCAN);
    expect(second.requests.map(({ kind }) => kind)).toEqual(["head"]);
  });

  it("lists a folder once and reads the footer of each file once", async () => {
    using queries = new CountedQueries();
    const { requests, query } = await queries.plan(`SELECT * FROM ${table("tables/sales")}`);
    expect(count(requests, "list")).toBe(1);
    expect(count(requests, "head")).toBe(1);
    const footers = requests.filter(({ kind }) => kind === "get");
    const files = new Set(footers.map(({ key }) => key));
    expect(footers).toHaveLength(files.size);
    expect([...files].every((key) => key.endsWith(".parquet"))).toBe(true);
    expect(plannedRanges(query).length).toBeGreaterThanOrEqual(files.size);
  });

  it("opens a table that a query names twice once", async () => {
    using queries = new CountedQueries();
    const { requests } = await queries.plan(
      `SELECT * FROM ${ORDERS} a JOIN ${ORDERS} b ON a.o_orderkey = b.o_orderkey`,
    );
    expect(requests.map(({ kind }) => kind)).toEqual(["head", "get"]);
  });

  it("prints the requests that the query will make in EXPLAIN COST", async () => {
    using queries = new CountedQueries();
    const { query } = await queries.plan(SCAN);
    const ranges = plannedRanges(query).length;
    expect(explainText(query, "cost")).toMatch(
      new RegExp(
        `== Planned Requests ==\nStage 0: ${ranges} GETs? of \\d+ bytes of files, at most 0 GETs and \\d PUTs? of exchanged rows, 0 and 0 as estimated\n`,
      ),
    );
  });
});

describe.each([
  { store: "local", remote: false },
  { store: "remote", remote: true },
])("a shuffle through a $store store", ({ remote }) => {
  const PRODUCERS = 5;
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "tindra-producers-"));
    for (let i = 0; i < PRODUCERS; i++)
      copyFileSync(`${DATA}tpch/sf0.01/orders.parquet`, join(folder, `part-${i}.parquet`));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ["a grouping", "SELECT o_orderkey, o_comment, count(*) FROM t GROUP BY o_orderkey, o_comment"],
    ["a join", `SELECT a.o_comment FROM t a JOIN ${ORDERS} b ON a.o_orderkey = b.o_orderkey`],
    ["a sort", "SELECT o_comment, o_orderkey FROM t ORDER BY o_comment"],
  ])(
    "of %s costs P producers P PUTs and C consumers at most P·C GETs, as planned",
    async (_, sql) => {
      using queries = new CountedQueries({
        remote,
        settings: { "spark.sql.files.maxPartitionBytes": "128KB", ...NO_BROADCAST },
      });
      const { query } = await queries.plan(sql.replaceAll(" t", ` parquet.\`${folder}\``));
      const { exchange, tasks, job } = await queries.run(query);
      const stages = query.graph.stages;
      const predicted = plannedRequests(query.graph);
      for (const stage of stages) {
        const ofStage = tasks.filter(({ spec }) => spec.stage === stage.id);
        const metrics = job.metrics.stages[stage.id]?.metrics;
        const putting = ofStage.filter(({ result }) =>
          result.blocks.some(({ key }) => key !== null),
        );
        expect(metrics?.puts).toBe(putting.length);
        expect(metrics?.puts).toBeLessThanOrEqual(predicted[stage.id]?.exchangePuts ?? 0);
        if (stage.inputs.length === 0) continue;
        const gets = sum(
          ofStage.flatMap(({ spec }) =>
            Object.values(spec.inputs).map((blocks) => plannedGets(blocks)),
          ),
        );
        expect(metrics?.gets).toBe(gets);
        expect(gets).toBeLessThanOrEqual(predicted[stage.id]?.exchangeGets ?? 0);
      }
      const puts = job.metrics.stages.map(({ metrics }) => metrics.puts);
      expect(Math.max(...puts)).toBe(PRODUCERS);
      const told = tasks.flatMap(({ result }) => result.blocks).filter(({ key }) => key !== null);
      expect(told.length).toBeGreaterThan(0);
      expect(count(exchange, "put")).toBe(sum(puts));
      expect(count(exchange, "get")).toBe(
        sum(
          tasks.flatMap(({ spec }) =>
            Object.values(spec.inputs).map((blocks) => plannedGets(blocks)),
          ),
        ),
      );
      expect(count(exchange, "list") + count(exchange, "head")).toBe(0);
      expect(queries.leftovers()).toEqual([]);
    },
  );

  it("is expected to cost requests where its rows are many", async () => {
    using queries = new CountedQueries({
      remote,
      settings: { "spark.sql.files.maxPartitionBytes": "128KB", ...NO_BROADCAST },
    });
    const expected = async (sql: string) => {
      const { query } = await queries.plan(sql);
      const predicted = plannedRequests(query.graph);
      return {
        puts: sum(predicted.map(({ expectedExchangePuts }) => expectedExchangePuts)),
        gets: sum(predicted.map(({ expectedExchangeGets }) => expectedExchangeGets)),
      };
    };
    const few = `SELECT o_orderpriority, count(*) FROM parquet.\`${folder}\` GROUP BY 1`;
    expect(await expected(few)).toEqual({ puts: 0, gets: 0 });
    const many = `SELECT o_comment, o_orderkey, count(*) FROM parquet.\`${folder}\` GROUP BY 1, 2`;
    expect(await expected(many)).toEqual({ puts: PRODUCERS, gets: 4 * PRODUCERS });
  });

  it("of little costs no request at all", async () => {
    using queries = new CountedQueries({ remote });
    const { query } = await queries.plan(
      `SELECT l_returnflag, count(*) FROM ${LINEITEM} GROUP BY l_returnflag ORDER BY 1`,
    );
    expect((await queries.run(query)).exchange).toEqual([]);
  });
});
