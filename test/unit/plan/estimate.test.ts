import { describe, expect, it } from "vitest";
import { chooseJoin, type JoinQuestion } from "../../../src/plan/estimate/choose-join.ts";
import { distinctByDictionary } from "../../../src/plan/estimate/distinct-by-dictionary.ts";
import { estimatePlan } from "../../../src/plan/estimate/plan-estimate.ts";
import { optimized, tables } from "../../support/optimizer.ts";
import { attribute, fileFacts } from "../../support/plans.ts";

const CATALOG = tables({
  orders: {
    schema:
      "okey BIGINT NOT NULL, c_id BIGINT NOT NULL, day DATE NOT NULL, price DECIMAL(15,2) NOT NULL",
    rows: 1_000_000,
    columns: {
      c_id: { min: "1", max: "10000" },
      day: { min: 0, max: 999 },
      price: { min: "0", max: "100000" },
    },
  },
  customer: {
    schema: "ckey BIGINT NOT NULL, nation INT NOT NULL, name STRING",
    rows: 10_000,
    columns: { nation: { min: 0, max: 24 }, name: { nulls: 1000 } },
  },
});
const rows = (sql: string) => estimatePlan(optimized(sql, CATALOG)).rows;
const near = (sql: string, expected: number) => expect(rows(sql) / expected).toBeCloseTo(1, 1);

describe("rows are estimated", () => {
  it("for ranges by their part of the bounds, both ends together", () => {
    near("select 1 from orders where day < date '1970-04-11'", 100_000);
    near(
      "select 1 from orders where day >= date '1970-04-11' and day < date '1970-07-20'",
      100_000,
    );
    near("select 1 from orders where price > 750.00", 250_000);
  });

  it("for equalities and lists by the number of different values", () => {
    near("select 1 from customer where nation = 7", 400);
    near("select 1 from customer where nation in (7, 8)", 800);
    near("select 1 from customer where nation <> 7", 9600);
    expect(rows("select 1 from customer where nation = 99")).toBeLessThan(1);
  });

  it("for null tests by the nulls counted", () => {
    near("select 1 from customer where name is null", 1000);
    near("select 1 from customer where name is not null", 9000);
  });

  it("for a join of a key with its table, filtered or not", () => {
    near("select 1 from orders join customer on c_id = ckey", 1_000_000);
    near("select 1 from orders join customer on c_id = ckey where nation = 7", 40_000);
    near("select 1 from orders left join customer on c_id = ckey and nation = 7", 1_000_000);
    near("select 1 from customer left semi join orders on c_id = ckey", 10_000);
  });

  it("for groups by the different values of their keys, at most all rows", () => {
    near("select nation, count(*) from customer group by nation", 25);
    near("select c_id, okey from orders group by c_id, okey", 1_000_000);
    near("select year(day) from orders group by year(day)", 3);
    expect(rows("select count(*) from orders")).toBe(1);
  });

  it("for limits and unions", () => {
    expect(rows("select 1 from orders limit 7")).toBe(7);
    near("select okey from orders union all select ckey from customer", 1_010_000);
  });
});

describe("the values of a dictionary", () => {
  const column = (values: number, bytes: number) => {
    const facts = fileFacts("f", [attribute(1, "c")], [{ rows: values }]).rowGroups[0]?.columns[
      "c"
    ];
    if (!facts) throw new TypeError();
    const chunks = facts.chunks.map((chunk) => ({
      ...chunk,
      physical: "BYTE_ARRAY",
      uncompressedBytes: bytes,
      encodings: ["PLAIN", "RLE", "RLE_DICTIONARY"],
    }));
    return { ...facts, chunks };
  };

  it("are counted by the bytes of entries and codes", () => {
    const entries = 150 * (4 + 20);
    expect(distinctByDictionary([column(100_000, entries + 100_000)], 20, false)).toBeGreaterThan(
      128,
    );
    expect(distinctByDictionary([column(100_000, entries + 100_000)], 20, false)).toBeLessThan(170);
  });

  it("are different ones in each chunk of a sorted column", () => {
    const chunk = column(100_000, 150 * 24 + 100_000);
    const one = distinctByDictionary([chunk], 20, true);
    expect(distinctByDictionary([chunk, chunk], 20, true)).toBe(2 * one);
    expect(distinctByDictionary([chunk, chunk], 20, false)).toBe(one);
  });

  it("are unknown where hardly any comes twice", () => {
    expect(distinctByDictionary([column(1000, 1000 * 26)], 20, false)).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});

describe("a hash join", () => {
  const side = (rows: number, partitions = 8) => ({ rows, bytes: rows * 16, partitions });
  const ask = (question: Partial<JoinQuestion>) => {
    const { buildSide, distribution } = chooseJoin({
      left: side(1_000_000),
      right: side(1_000_000),
      broadcastable: ["left", "right"],
      broadcastThresholdBytes: 64 << 20,
      parallelism: 8,
      shufflePartitions: 8,
      ...question,
    });
    return `${distribution} ${buildSide}`;
  };

  it("broadcasts the smaller side where copying it to all workers is less than moving both", () => {
    expect(ask({ right: side(10_000) })).toBe("broadcast right");
    expect(ask({ left: side(10_000) })).toBe("broadcast left");
  });

  it("shuffles where every worker would build a large table", () => {
    expect(ask({})).toMatch(/^shuffled/);
    expect(ask({ right: side(100_000_000), broadcastThresholdBytes: 1 })).toBe("shuffled left");
  });

  it("shuffles for a probed side that has only one task", () => {
    const question = {
      left: side(150_000, 1),
      right: side(1_500_000),
      broadcastable: ["right"] as const,
      parallelism: 2,
    };
    expect(ask(question)).toBe("shuffled left");
  });

  it("does not broadcast what is above the threshold, nor a side whose unmatched rows come out", () => {
    expect(ask({ right: side(100), broadcastThresholdBytes: 100 })).toBe("shuffled right");
    expect(ask({ left: side(100), broadcastable: ["right"], right: side(90_000_000) })).toBe(
      "shuffled left",
    );
  });
});
