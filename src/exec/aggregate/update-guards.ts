import type { Evaluated } from "../../builtins/builtin.ts";
import type { AggregateCall } from "../../plan/expression.ts";
import type { FunctionEmitter } from "../code/function-emitter.ts";
import type { RowContext } from "../pipeline/row-context.ts";

/** Writes `then` for rows that pass the call's FILTER. */
export function whereFilterPasses(row: RowContext, call: AggregateCall, then: () => void): void {
  if (!call.filter) {
    then();
    return;
  }
  for (const arg of call.args) row.scope.require(arg);
  row.scope.pushCondition(call.filter);
  row.emitter.code.if(then);
}

/** Writes `then` for rows where none of the values is null; tells it whether there was anything to check. */
export function whereNotNull(
  { code }: FunctionEmitter,
  values: readonly Evaluated[],
  then: (checked: boolean) => void,
): void {
  const nulls = values.flatMap((value) => (value.isNull ? [value.isNull] : []));
  if (nulls.length === 0) {
    then(false);
    return;
  }
  code.i32(0);
  for (const n of nulls) code.get(n).op("i32.or");
  code.op("i32.eqz").if(() => then(true));
}
