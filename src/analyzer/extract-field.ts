import { findBuiltin } from "../builtins/registry.ts";
import { sqlType } from "../columnar/sql-type.ts";
import type { Call, Expression } from "../plan/expression.ts";
import { nullableOf, typeOf } from "../plan/expression-type.ts";
import { stringLiteral } from "../plan/literal.ts";
import type { Position } from "../plan/position.ts";
import { columnName } from "../plan/print-expression.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError, notSupported } from "./analysis-error.ts";
import { quotedName, sameName } from "./quoted-name.ts";

/** `base.name`: the field of a struct. Throws `FIELD_NOT_FOUND`, `INVALID_EXTRACT_BASE_FIELD_TYPE`. */
export function extractField(
  base: Expression,
  name: string,
  position: Position | null,
  analysis: Analysis,
): Call {
  const type = typeOf(base);
  if (type.kind !== "struct")
    throw analysisError(
      "INVALID_EXTRACT_BASE_FIELD_TYPE",
      "42000",
      `Can't extract a value from "${columnName(base)}". Need a complex type [STRUCT, ARRAY, MAP] but got "${sqlType(type)}".`,
      position,
    );
  const matches = type.fields.filter((f) => sameName(f.name, name));
  const [match] = matches;
  if (match === undefined) {
    const fields = type.fields.map((f) => quotedName([f.name]));
    throw analysisError(
      "FIELD_NOT_FOUND",
      "42704",
      `No such struct field ${quotedName([name])} in ${fields.join(", ")}.`,
      position,
      { fieldName: name, fields },
    );
  }
  if (matches.length > 1)
    throw analysisError(
      "AMBIGUOUS_REFERENCE_TO_FIELDS",
      "42000",
      `Ambiguous reference to the field ${quotedName([name])}. It appears ${matches.length} times in the schema.`,
      position,
    );
  if (findBuiltin("getfield") === undefined) throw notSupported("a field of a struct", position);
  return Object.freeze({
    kind: "call",
    name: "getfield",
    args: Object.freeze([base, stringLiteral(match.name)]),
    type: match.type,
    nullable: nullableOf(base) || match.nullable,
    ansi: analysis.settings.ansi,
  });
}
