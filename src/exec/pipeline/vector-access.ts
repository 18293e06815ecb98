import type { Evaluated } from "../../builtins/builtin.ts";
import {
  type Batch,
  LANE_BYTES,
  type Lane,
  type Register,
  type Vector,
} from "../../columnar/vector.ts";
import { present } from "../../common/assert.ts";
import type { FunctionBuilder, Local } from "../../wasm/function-builder.ts";
import { loadLane } from "../code/lane-access.ts";
import type { BatchFrame } from "./batch-frame.ts";

const WIDTH_SHIFT: Record<number, number> = { 1: 0, 2: 1, 4: 2, 8: 3, 16: 4 };

/** Address and index on the stack → address of that value. */
export function indexLane(code: FunctionBuilder, lane: Lane): void {
  indexBytes(code, LANE_BYTES[lane]);
}

function indexBytes(code: FunctionBuilder, bytes: number): void {
  code
    .i32(WIDTH_SHIFT[bytes] ?? 0)
    .op("i32.shl")
    .op("i32.add");
}

/** Writes the code that reads one column of the row in flight, for batches of the given vector's form. */
export class VectorAccess {
  readonly column: number;
  readonly vector: Vector;
  private readonly code: FunctionBuilder;
  private readonly frame: BatchFrame;
  private readonly row: Local;
  private codeLocal: Local | null = null;

  constructor(
    column: number,
    vector: Vector,
    to: { readonly code: FunctionBuilder; readonly frame: BatchFrame; readonly row: Local },
  ) {
    this.column = column;
    this.vector = vector;
    this.code = to.code;
    this.frame = to.frame;
    this.row = to.row;
  }

  load(register: Register): Evaluated {
    const { code, vector } = this;
    const value = code.local(register);
    const index = vector.codes ? this.dictionaryCode() : this.row;
    this.push("values", (v) => v.values);
    code.get(index);
    indexLane(code, vector.lane);
    loadLane(code, vector.lane, register);
    code.set(value);
    return { value, isNull: vector.validity ? this.isNull() : null };
  }

  isNull(): Local {
    const { code } = this;
    const isNull = code.local("i32");
    this.push("validity", (v) => v.validity);
    code.get(this.row).op("i32.add").memory("i32.load8_u").op("i32.eqz").set(isNull);
    return isNull;
  }

  /** The row's code, read once. */
  dictionaryCode(): Local {
    if (this.codeLocal) return this.codeLocal;
    const { code } = this;
    const { codeBytes } = this.vector;
    const local = code.local("i32");
    this.push("codes", (v) => v.codes);
    code.get(this.row);
    indexBytes(code, codeBytes);
    code.memory(codeBytes === 1 ? "i32.load8_u" : codeBytes === 2 ? "i32.load16_u" : "i32.load");
    code.set(local);
    if (!code.isScoped) this.codeLocal = local;
    return local;
  }

  /** The row's code, or the number of entries where it is null. */
  codeOrNullEntry(): Local {
    const entryCode = this.dictionaryCode();
    if (!this.vector.validity) return entryCode;
    const { code } = this;
    const index = code.local("i32");
    const isNull = this.isNull();
    this.push("size", (v) => v.dictionarySize);
    code.get(entryCode).get(isNull).op("select").set(index);
    return index;
  }

  /** How many values `codeOrNullEntry` can have. */
  entries(): Local {
    const { code } = this;
    const entries = code.local("i32");
    this.push("entries", (v) => v.dictionarySize + (v.validity ? 1 : 0));
    code.set(entries);
    return entries;
  }

  private push(name: string, read: (vector: Vector) => number): void {
    this.frame.push(`${this.column} ${name}`, (batch: Batch) =>
      read(present(batch.vectors[this.column], "vector")),
    );
  }
}
