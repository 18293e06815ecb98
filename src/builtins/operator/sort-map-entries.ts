import { type DataType, NULL } from "../../columnar/data-type.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { requireArguments } from "../type-mismatch.ts";
import { valueComparator } from "../value-order.ts";

type Entry = readonly [unknown, unknown];

function sorterOf(type: DataType): (value: unknown) => unknown {
  switch (type.kind) {
    case "map": {
      const compare = valueComparator(type.key);
      const sortValue = orNull(sorterOf(type.value));
      return (entries) =>
        (entries as readonly Entry[])
          .map(([key, value]): Entry => [key, sortValue(value)])
          .sort(([a], [b]) => compare(a, b));
    }
    case "array": {
      const sortElement = orNull(sorterOf(type.element));
      return (items) => (items as readonly unknown[]).map(sortElement);
    }
    case "struct": {
      const sorters = type.fields.map((f) => orNull(sorterOf(f.type)));
      return (values) => sorters.map((sort, i) => sort((values as readonly unknown[])[i] ?? null));
    }
    default:
      return (value) => value;
  }
}

const orNull =
  (sort: (value: unknown) => unknown) =>
  (value: unknown): unknown =>
    value === null ? null : sort(value);

/** A value with the entries of all its maps in the order of their keys. Only the optimizer calls it. */
export const SORT_MAP_ENTRIES: ScalarBuiltin = {
  kind: "scalar",
  name: "sort map entries",
  resolve: (args, context) => {
    requireArguments(args, context, 1);
    const type = args[0]?.type ?? NULL;
    return { args: [type], type };
  },
  kernel: { kind: "row", prepare: ({ type }) => sorterOf(type) },
  examples: [{ sql: "SELECT `sort map entries`(1)", rows: ["1"] }],
};
