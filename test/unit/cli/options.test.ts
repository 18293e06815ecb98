import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../src/cli/options.ts";

const NONE = {
  tables: [],
  settings: [],
  workers: null,
  memory: null,
  format: "table",
  output: null,
  events: null,
  metrics: false,
  engine: null,
  region: null,
  budget: null,
  maxBytes: null,
};

describe("the command line", () => {
  it("names a query in three ways", () => {
    expect(parseCommand(["sql", "SELECT 1"])).toEqual({
      kind: "sql",
      text: { from: "argument", text: "SELECT 1" },
      options: NONE,
    });
    expect(parseCommand(["sql", "-f", "q.sql"])).toMatchObject({
      text: { from: "file", path: "q.sql" },
    });
    expect(parseCommand(["sql", "-"])).toMatchObject({ text: { from: "stdin" } });
  });

  it("reads every option", () => {
    const args = [
      ...["sql", "--table", "a=x=y", "--table", "b=z", "--set", "k=v=w", "--format", "csv"],
      ...[
        "--output",
        "o.csv",
        "--workers",
        "3",
        "--memory",
        "2g",
        "--events",
        "e",
        "--metrics",
        "q",
      ],
    ];
    expect(parseCommand(args)).toMatchObject({
      options: {
        tables: [
          ["a", "x=y"],
          ["b", "z"],
        ],
        settings: [["k", "v=w"]],
        workers: 3,
        memory: "2g",
        format: "csv",
        output: "o.csv",
        events: "e",
        metrics: true,
      },
    });
  });

  it("knows where queries run", () => {
    const args = ["sql", "--on", "aws", "--engine", "e", "--region", "eu-west-1", "q"];
    expect(parseCommand(args)).toMatchObject({ options: { engine: "e", region: "eu-west-1" } });
    expect(parseCommand(["sql", "--on", "local", "q"])).toMatchObject({
      options: { engine: null },
    });
  });

  it("knows explain, schema, help and version", () => {
    expect(parseCommand(["explain", "--mode", "cost", "SELECT 1"])).toMatchObject({ mode: "cost" });
    expect(parseCommand(["explain", "SELECT 1"])).toMatchObject({ mode: "simple" });
    expect(parseCommand(["schema", "x.parquet"])).toMatchObject({
      kind: "schema",
      path: "x.parquet",
    });
    expect(parseCommand(["--help"])).toEqual({ kind: "help" });
    expect(parseCommand(["sql", "-h"])).toEqual({ kind: "help" });
    expect(parseCommand(["--version"])).toEqual({ kind: "version" });
  });

  it.each([
    [[], "No command"],
    [["frob"], "Unknown command frob"],
    [["sql"], "No query"],
    [["sql", "SELECT", "1"], "One query only"],
    [["sql", "-f", "x", "SELECT 1"], "not both"],
    [["sql", "--nope", "x"], "--nope"],
    [["sql", "--on", "mars", "q"], "--on wants local or aws"],
    [["sql", "--on", "aws", "q"], "wants --engine NAME"],
    [["sql", "--engine", "e", "q"], "--engine goes with --on aws"],
    [["sql", "--region", "r", "q"], "--region goes with --on aws"],
    [["sql", "--on", "aws", "--engine", "e", "--workers", "2", "q"], "--workers does not go"],
    [["sql", "--format", "xml", "x"], "--format wants one of"],
    [["sql", "--workers", "0", "x"], "--workers wants"],
    [["sql", "--table", "x", "q"], "--table wants NAME=PATH"],
    [["sql", "--set", "=x", "q"], "--set wants KEY=VALUE"],
    [["sql", "--mode", "cost", "q"], "--mode goes with explain"],
    [["schema"], "one PATH"],
    [["schema", "a", "b"], "one PATH"],
  ])("refuses %j", (args, message) => {
    expect(() => parseCommand(args, true)).toThrow(message);
    expect(() => parseCommand(args, true)).toThrow(
      expect.objectContaining({ condition: "WRONG_USE" }),
    );
  });

  it.each([
    ["out.csv", "csv"],
    ["a/b.JSON", "json"],
    ["x.jsonl", "jsonl"],
    ["x.ndjson", "jsonl"],
    ["x.arrow", "arrow"],
    ["x.md", "markdown"],
    ["x.txt", "table"],
    ["x", "table"],
    ["x.data", "table"],
  ])("takes the format from the output's name %s", (file, format) => {
    expect(parseCommand(["sql", "-o", file, "q"])).toMatchObject({ options: { format } });
  });

  it("lets --format decide where the output's name says nothing", () => {
    const options = { format: "json", output: "x.data" };
    const args = ["sql", "--format", "json", "--output", "x.data", "q"];
    expect(parseCommand(args)).toMatchObject({ options });
    expect(parseCommand(["sql", "--format", "csv", "-o", "x.txt", "q"])).toMatchObject({
      options: { format: "csv" },
    });
  });

  it.each([
    [["sql", "--format", "json", "-o", "x.csv", "q"], "--format json contradicts --output x.csv"],
    [["sql", "-o", "x.parquet", "q"], "--output cannot write .parquet files"],
    [["explain", "-o", "x.csv", "q"], "explain prints text, not csv"],
    [["explain", "--format", "json", "q"], "explain prints text, not json"],
  ])("refuses a format that makes no sense in %j", (args, message) => {
    expect(() => parseCommand(args)).toThrow(message);
  });

  it("reads standard input where it is no terminal and there is no query", () => {
    expect(parseCommand(["sql"], false)).toMatchObject({ text: { from: "stdin" } });
    expect(parseCommand(["sql", "q"], false)).toMatchObject({ text: { from: "argument" } });
    expect(() => parseCommand(["sql"], true)).toThrow("No query");
  });

  it.each([
    "-- a comment\nSELECT 1",
    "--a comment\nSELECT 1",
    "-- total = 5\nSELECT 1",
    "--a=b c\nSELECT 1",
    "--\nSELECT 1",
    "/* a */ SELECT 1",
  ])("takes %j for a query", (query) => {
    const command = parseCommand(["sql", query, "--format", "csv"]);
    expect(command).toMatchObject({ kind: "sql", options: { format: "csv" } });
    expect(command).toHaveProperty("text.text", expect.stringContaining(query));
  });

  it("still refuses options that it does not know", () => {
    expect(() => parseCommand(["sql", "--frob", "q"])).toThrow("--frob");
    expect(() => parseCommand(["sql", "--frob=a b", "q"], true)).toThrow();
  });
});
