import { DuckDBInstance } from "@duckdb/node-api";
import type { DataType, Field } from "../../src/columnar/data-type.ts";
import type { LiteralJson } from "../../src/columnar/literal-json.ts";

/** What DuckDB reads from the flat columns of a Parquet file, as a `Literal` would hold it, by column. */
export async function duckdbColumns(
  path: string,
  fields: readonly Field[],
): Promise<ReadonlyMap<string, readonly LiteralJson[]>> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  try {
    const list = fields.map((f) => `${expression(f)} as "${f.name}"`).join(", ");
    const reader = await connection.runAndReadAll(`select ${list} from read_parquet('${path}')`);
    const columns = reader.getColumnsJS();
    return new Map(
      fields.map((f, i) => [f.name, (columns[i] ?? []).map((value) => literal(f.type, value))]),
    );
  } finally {
    connection.closeSync();
  }
}

function expression({ name, type }: Field): string {
  switch (type.kind) {
    case "date":
      return `datediff('day', date '1970-01-01', "${name}")::int`;
    case "timestamp":
    case "timestamp_ntz":
      return `epoch_us("${name}")`;
    case "decimal":
      return `replace("${name}"::varchar, '.', '')`;
    case "binary":
      return `to_base64("${name}")`;
    case "float":
      return `"${name}"::double`;
    default:
      return `"${name}"`;
  }
}

function literal(type: DataType, value: unknown): LiteralJson {
  if (value === null) return null;
  switch (type.kind) {
    case "long":
    case "timestamp":
    case "timestamp_ntz":
    case "decimal":
      return String(BigInt(value as string | bigint));
    case "float":
    case "double":
      return Number.isFinite(value) ? Number(value) : String(value);
    case "byte":
    case "short":
    case "int":
      return Number(value);
    default:
      return value as LiteralJson;
  }
}
