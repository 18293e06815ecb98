import { array, type DataType, struct } from "../../columnar/data-type.ts";
import { decodeNested, encodeNested } from "../../columnar/nested-value.ts";
import type { AggregateBuiltin, Example, HostAggregate } from "../builtin.ts";
import { isOrderable } from "../operator/comparison-type.ts";
import { requireArguments, unorderableArgument } from "../type-mismatch.ts";
import { valueComparator } from "../value-order.ts";

/** The value and what it is ordered by, null before the first row. Of equals the last one stays. */
type State = readonly [unknown, unknown] | null;

function kernel(sign: 1 | -1, valueType: DataType, orderType: DataType): HostAggregate {
  const compare = valueComparator(orderType);
  const stateType = array(
    struct([
      { name: "value", type: valueType, nullable: true },
      { name: "order", type: orderType, nullable: true },
    ]),
  );
  const take = (state: State, value: unknown, order: unknown): State => {
    if (order === null) return state;
    return state === null || sign * compare(order, state[1]) >= 0 ? [value, order] : state;
  };
  return {
    kind: "host",
    updatesOnNull: true,
    prepare: () => ({
      create: () => null,
      update: (state, value, order) => take(state as State, value, order),
      serialize: (state) => encodeNested(stateType, state === null ? [] : [state]),
      merge: (state, bytes) => {
        const [other] = decodeNested(stateType, bytes) as (readonly [unknown, unknown])[];
        return other ? take(state as State, other[0], other[1]) : state;
      },
      finish: (state) => (state as State)?.[0] ?? null,
    }),
  };
}

function extremeBy(name: string, sign: 1 | -1, examples: readonly Example[]): AggregateBuiltin {
  return {
    kind: "aggregate",
    name,
    resolve: (args, context) => {
      requireArguments(args, context, 2);
      const [value, order] = args;
      if (!value || !order || !isOrderable(order.type))
        throw unorderableArgument(
          args,
          (texts) => `${name}(${texts.join(", ")})`,
          name,
          order?.type ?? { kind: "null" },
        );
      return { args: [value.type, order.type], type: value.type, nullable: true };
    },
    kernel: ({ args: [value, order], type }) =>
      kernel(sign, value?.type ?? type, order?.type ?? type),
    examples,
  };
}

const over = (name: string): string =>
  `SELECT ${name}(x, y) FROM VALUES ('a', 10), ('b', 50), ('c', 20) AS tab(x, y)`;

export const MAX_BY = extremeBy("max_by", 1, [{ sql: over("max_by"), rows: ["b"] }]);
export const MIN_BY = extremeBy("min_by", -1, [{ sql: over("min_by"), rows: ["a"] }]);
