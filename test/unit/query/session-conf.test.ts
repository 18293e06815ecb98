import { describe, expect, it } from "vitest";
import { SessionConf } from "../../../src/query/session-conf.ts";

describe("the settings of a session", () => {
  it("have defaults, can be set and unset", () => {
    const conf = new SessionConf({ "spark.sql.shuffle.partitions": "4" });
    expect(conf.integer("spark.sql.shuffle.partitions")).toBe(4);
    conf.set("spark.sql.shuffle.partitions", 8);
    expect(conf.get("spark.sql.shuffle.partitions")).toBe("8");
    conf.unset("spark.sql.shuffle.partitions");
    expect(conf.get("spark.sql.shuffle.partitions")).toBe("4");
    expect(conf.boolean("spark.sql.ansi.enabled")).toBe(true);
    expect(conf.get("spark.sql.session.timeZone")).toBe("UTC");
  });

  it("read sizes as Spark writes them", () => {
    const conf = new SessionConf();
    for (const [text, bytes] of [
      ["10MB", 10 * 1024 ** 2],
      ["100k", 102400],
      ["-1", -1],
      ["2g", 2 * 1024 ** 3],
      ["50b", 50],
    ] as const) {
      conf.set("spark.sql.autoBroadcastJoinThreshold", text);
      expect(conf.size("spark.sql.autoBroadcastJoinThreshold")).toBe(bytes);
    }
  });

  it("keep keys they do not know", () => {
    const conf = new SessionConf();
    conf.set("spark.foo", "x");
    expect(conf.get("spark.foo")).toBe("x");
    expect(conf.get("spark.nope", "fallback")).toBe("fallback");
    expect(() => conf.get("spark.nope")).toThrow(
      expect.objectContaining({ condition: "SQL_CONF_NOT_FOUND", sqlState: "42K0I" }),
    );
  });

  it.each([
    ["spark.sql.shuffle.partitions", "abc", "should be int, but was abc"],
    ["spark.sql.shuffle.partitions", "0", "must be positive"],
    ["spark.sql.shuffle.partitions", "1.5", "should be int"],
    ["spark.sql.ansi.enabled", "maybe", "should be boolean, but was maybe"],
    ["spark.sql.session.timeZone", "Mars/Phobos", "Cannot resolve the given timezone"],
    ["spark.sql.autoBroadcastJoinThreshold", "10 parrots", "Failed to parse byte string"],
    ["spark.sql.caseSensitive", "true", "can only be false"],
    ["spark.sql.warehouse.dir", "x", "Cannot modify the value of the Spark config"],
  ])("refuse %s = %s", (key, value, message) => {
    const conf = new SessionConf();
    expect(() => conf.set(key, value)).toThrow(message);
    expect(conf.entries()).toEqual([]);
  });
});
