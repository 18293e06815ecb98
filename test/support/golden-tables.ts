import type { Session } from "../../src/index.ts";

/**
 * Tables that Spark's tests make with CREATE TABLE, INSERT INTO … VALUES, TRUNCATE and DROP TABLE, as temporary views
 * over VALUES; the engine writes no tables.
 */
export class GoldenTables {
  private readonly spark: Session;
  private readonly tables = new Map<
    string,
    { readonly columns: readonly Column[]; rows: string }
  >();

  constructor(spark: Session) {
    this.spark = spark;
  }

  /** True if the statement is one of those. */
  run(sql: string): boolean {
    const [, verb = "", name = "", rest = ""] = STATEMENT.exec(sql) ?? [];
    const key = name.toLowerCase();
    switch (verb.toLowerCase().replace(/\s+/g, " ")) {
      case "create table":
        return this.create(name, rest);
      case "insert into":
        return this.insert(name, /^\s*values?([\s(].*)$/is.exec(rest)?.[1]);
      case "truncate table":
        return this.define(name, this.tables.get(key)?.columns, "");
      case "drop table":
        this.spark.catalog.dropTempView(name);
        return this.tables.delete(key);
      default:
        return false;
    }
  }

  private create(name: string, rest: string): boolean {
    const [, query] = /^.*?\bas\s+(select\b.*)$/is.exec(rest) ?? [];
    if (query !== undefined) {
      this.spark.sql(`CREATE OR REPLACE TEMPORARY VIEW ${name} AS ${query}`);
      return true;
    }
    const [, list = ""] = /^\s*\((.*)\)\s*(?:using\s+\w+\s*)?$/is.exec(rest) ?? [];
    const columns = list.split(/,(?![^(<]*[)>])/).map((column) => {
      const [, label = "", type = ""] = /^\s*(\S+)\s+(.*?)\s*$/s.exec(column) ?? [];
      return { label, type };
    });
    return this.define(name, columns, "");
  }

  private insert(name: string, values: string | undefined): boolean {
    const table = this.tables.get(name.toLowerCase());
    if (table === undefined || values === undefined) return false;
    return this.define(
      name,
      table.columns,
      table.rows === "" ? values : `${table.rows}, ${values}`,
    );
  }

  private define(name: string, columns: readonly Column[] | undefined, rows: string): boolean {
    if (columns === undefined) return false;
    this.tables.set(name.toLowerCase(), { columns, rows });
    const casts = columns.map(
      ({ label, type }, i) =>
        `CAST(${rows === "" ? "NULL" : `col${i + 1}`} AS ${type}) AS ${label}`,
    );
    const from = rows === "" ? "WHERE false" : `FROM VALUES ${rows}`;
    this.spark.sql(
      `CREATE OR REPLACE TEMPORARY VIEW ${name} AS SELECT ${casts.join(", ")} ${from}`,
    );
    return true;
  }
}

interface Column {
  readonly label: string;
  readonly type: string;
}

const STATEMENT =
  /^\s*(create\s+table|insert\s+into|truncate\s+table|drop\s+table)\s+(?:if\s+(?:not\s+)?exists\s+)?([\w.]+)(.*)$/is;
