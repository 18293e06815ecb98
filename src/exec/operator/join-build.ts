import type { Evaluated } from "../../builtins/builtin.ts";
import { someType } from "../../columnar/data-type.ts";
import type { Arena } from "../../columnar/linear-memory.ts";
import { isFloating } from "../../columnar/type-class.ts";
import { present } from "../../common/assert.ts";
import type { Attribute, Expression } from "../../plan/expression.ts";
import { nullableOf, typeOf } from "../../plan/expression-type.ts";
import { JOIN_HEADER_BYTES, JoinTable } from "../breaker/join-table.ts";
import { normalizeKey, pushKeyHash } from "../breaker/key-code.ts";
import { storeField, type TupleField, TupleLayout } from "../breaker/tuple-layout.ts";
import type { RowContext, Sink } from "../pipeline/row-context.ts";
import type { WorkerRuntime } from "../worker-runtime.ts";

/** Tuple fields of keys that are no columns get ids from here downwards. */
const FIRST_KEY_ID = -2;

/** Keeps the rows of a join's build side. */
export class JoinBuild implements Sink {
  readonly table: JoinTable;
  /** The keys in a tuple, in the join's order. */
  readonly keyFields: readonly TupleField[];
  private readonly columns: readonly Attribute[];
  private readonly keys: readonly Expression[];
  private readonly keepNullKeys: boolean;

  /** Rows with a null key match nothing: they are kept only where unmatched rows are wanted. */
  constructor(
    runtime: WorkerRuntime,
    arena: Arena,
    columns: readonly Attribute[],
    keys: readonly Expression[],
    keepNullKeys: boolean,
  ) {
    this.columns = columns;
    this.keys = keys;
    this.keepNullKeys = keepNullKeys;
    const keyColumns = keys.map((key, i) => ({
      id: keyFieldId(key, i, columns),
      type: typeOf(key),
      nullable: nullableOf(key),
    }));
    const layout = new TupleLayout(JOIN_HEADER_BYTES, [...columns, ...keyColumns]);
    this.keyFields = keyColumns.map((column) => layout.field(column.id));
    this.table = new JoinTable(runtime, arena, layout, integerKey(this.keyFields));
  }

  emit(row: RowContext): void {
    const { emitter, scope } = row;
    const { code } = emitter;
    const keys = this.keys.map((key) => ({
      type: typeOf(key),
      evaluated: normalizeKey(emitter, typeOf(key), scope.evaluate(key)),
    }));
    const values = this.columns.map((column) => scope.attribute(column.id));
    const store = (): void => this.emitStore(row, keys, values);
    const nulls = keys.flatMap((key) => (key.evaluated.isNull ? [key.evaluated.isNull] : []));
    if (this.keepNullKeys || nulls.length === 0) {
      store();
      return;
    }
    code.i32(0);
    for (const n of nulls) code.get(n).op("i32.or");
    code.op("i32.eqz").if(store);
  }

  afterBatch(): void {}

  finish(): void {
    this.table.link();
  }

  private emitStore(
    { emitter }: RowContext,
    keys: readonly { readonly type: TupleField["type"]; readonly evaluated: Evaluated }[],
    values: readonly Evaluated[],
  ): void {
    const { code } = emitter;
    const tuple = code.local("i32");
    this.table.emitTuple(emitter, tuple);
    code.get(tuple);
    pushKeyHash(emitter, keys);
    code.memory("i32.store");
    const { layout, bytes } = this.table;
    this.columns.forEach((column, i) => {
      storeField(emitter, tuple, layout.field(column.id), present(values[i], "value"), bytes);
    });
    this.keyFields.forEach((field, i) => {
      if (field.id <= FIRST_KEY_ID)
        storeField(emitter, tuple, field, present(keys[i], "key").evaluated, bytes);
    });
  }
}

/** A key that is a column of the build side is not kept twice, unless its bits are changed by normalization. */
function keyFieldId(key: Expression, i: number, columns: readonly Attribute[]): number {
  const shared =
    key.kind === "attribute" &&
    !someType(key.type, isFloating) &&
    columns.some((column) => column.id === key.id);
  return shared ? key.id : FIRST_KEY_ID - i;
}

function integerKey(fields: readonly TupleField[]): TupleField | null {
  const [only] = fields;
  if (fields.length !== 1 || only === undefined || only.nullOffset >= 0) return null;
  const integer = ["int", "long", "date"].includes(only.type.kind);
  return integer ? only : null;
}
