import { someType } from "../columnar/data-type.ts";
import { sqlType } from "../columnar/sql-type.ts";
import type { Attribute } from "../plan/expression.ts";
import { analysisError } from "./analysis-error.ts";
import { quotedName } from "./quoted-name.ts";

/** Throws where whole rows are to be compared and a column has maps, which have no order. */
export function refuseMaps(columns: readonly Attribute[]): void {
  const column = columns.find(({ type }) => someType(type, ({ kind }) => kind === "map"));
  if (column === undefined) return;
  throw analysisError(
    "UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE",
    "0A000",
    `The feature is not supported: Cannot have MAP type columns in DataFrame which calls set operations (INTERSECT, EXCEPT, etc.), but the type of column ${quotedName([column.name])} is "${sqlType(column.type)}".`,
  );
}
