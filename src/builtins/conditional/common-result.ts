import type { DataType } from "../../columnar/data-type.ts";
import type { Argument, ResolveContext } from "../builtin.ts";
import { commonType } from "../coercion.ts";
import { differentArguments } from "../type-mismatch.ts";

/** The type all arguments are brought to; throws `DATATYPE_MISMATCH.DATA_DIFF_TYPES`. */
export function commonResult(args: readonly Argument[], context: ResolveContext): DataType {
  const type = commonType(
    args.map((argument) => argument.type),
    context.ansi,
  );
  if (type) return type;
  throw differentArguments(args, (texts) => `${context.name}(${texts.join(", ")})`, context.name);
}
