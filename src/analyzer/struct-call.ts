import { findBuiltin } from "../builtins/registry.ts";
import { field, struct } from "../columnar/data-type.ts";
import type { Call, Expression } from "../plan/expression.ts";
import { nullableOf, typeOf } from "../plan/expression-type.ts";
import { stringLiteral } from "../plan/literal.ts";
import type { Analysis } from "./analysis.ts";
import type { CallParts } from "./resolve-call.ts";
import { unknownRoutine } from "./unknown-routine.ts";

/** `struct(a, b AS c)` as `named_struct`: fields are named after their columns and aliases, else `col1`, `col2`, …. */
export function structCall({ call, written, args }: CallParts, analysis: Analysis): Call {
  if (findBuiltin("named_struct") === undefined) throw unknownRoutine(call);
  const names = written.map((arg, i) => fieldName(arg) ?? `col${i + 1}`);
  const fields = args.map((arg, i) => field(names[i] ?? "", typeOf(arg), nullableOf(arg)));
  return Object.freeze({
    kind: "call",
    name: "named_struct",
    args: Object.freeze(args.flatMap((arg, i) => [stringLiteral(names[i] ?? ""), arg])),
    type: struct(fields),
    nullable: false,
    ansi: analysis.settings.ansi,
  });
}

function fieldName(written: Expression): string | null {
  switch (written.kind) {
    case "alias":
    case "attribute":
      return written.name;
    case "unresolvedAttribute":
      return written.nameParts.at(-1) ?? null;
    default:
      return null;
  }
}
