import { assert } from "../common/assert.ts";
import { Bytes } from "./bytes.ts";
import { MEMORY_OPCODES, type MemoryOp, PLAIN_OPCODES, type PlainOp } from "./opcodes.ts";

/** A type of WebAssembly's values. */
export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128";

/** The byte that encodes a type. */
export const VALUE_TYPE_BYTES: Record<ValueType, number> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
};
const NO_RESULT = 0x40;

/** A parameter or a local variable of the function that made it. */
export interface Local {
  readonly index: number;
  readonly type: ValueType;
}

/** A function of the module, imported or its own. Its index is known once the module is encoded. */
export interface FunctionRef {
  index: number;
}

interface CallSite {
  readonly body: Bytes;
  readonly at: number;
  readonly target: FunctionRef;
}

/** A block, loop or if that is open; `branch` leaves a block or if, and repeats a loop. */
export interface Label {
  readonly depth: number;
}

/** Writes one function's instructions in stack order. */
export class FunctionBuilder {
  private readonly prologueBody = new Bytes();
  private readonly mainBody = new Bytes();
  private body: Bytes = this.mainBody;
  private readonly localTypes: ValueType[] = [];
  private readonly callSites: CallSite[] = [];
  private readonly free: Local[] = [];
  private scopedLocals: Local[] | null = null;
  private depth = 0;
  private blocks = 0;
  readonly params: readonly Local[];

  constructor(params: readonly ValueType[]) {
    this.params = params.map((type, index) => ({ index, type }));
  }

  /** Locals times blocks: where a block ends, a simple compiler brings every local to its place. */
  get merges(): number {
    return this.localTypes.length * this.blocks;
  }

  /** In a `scoped` part it may be one that an earlier part was done with: it starts with any value. */
  local(type: ValueType): Local {
    if (!this.scopedLocals) return this.lasting(type);
    const index = this.free.findIndex((local) => local.type === type);
    const [reused] = index < 0 ? [] : this.free.splice(index, 1);
    const local = reused ?? this.lasting(type);
    this.scopedLocals.push(local);
    return local;
  }

  /** A local that is nobody else's, wherever it is made. */
  lasting(type: ValueType): Local {
    this.localTypes.push(type);
    return { index: this.params.length + this.localTypes.length - 1, type };
  }

  get isScoped(): boolean {
    return this.scopedLocals !== null;
  }

  /**
   * Locals made inside serve later parts again: the machine's compiler takes time for each local at each block, so
   * that thousands of parts with locals of their own would take its square.
   */
  scoped(write: () => void): this {
    const outer = this.scopedLocals;
    const own: Local[] = [];
    this.scopedLocals = own;
    write();
    this.scopedLocals = outer;
    if (outer) outer.push(...own);
    else this.free.push(...own);
    return this;
  }

  /** What is written inside stands at the function's start, wherever the main code has got to. */
  prologue(write: () => void): this {
    const { body, depth } = this;
    this.body = this.prologueBody;
    this.depth = 0;
    write();
    this.body = body;
    this.depth = depth;
    return this;
  }

  op(name: PlainOp): this {
    this.body.bytes(PLAIN_OPCODES[name]);
    return this;
  }

  /** A load (address on the stack) or a store (address, then value). Alignment is left at one byte: only a hint. */
  memory(name: MemoryOp, offset = 0): this {
    this.body.bytes(MEMORY_OPCODES[name]).u32(0).u32(offset);
    return this;
  }

  get(local: Local): this {
    this.body.byte(0x20).u32(local.index);
    return this;
  }

  set(local: Local): this {
    this.body.byte(0x21).u32(local.index);
    return this;
  }

  tee(local: Local): this {
    this.body.byte(0x22).u32(local.index);
    return this;
  }

  i32(value: number): this {
    this.body.byte(0x41).s32(value);
    return this;
  }

  i64(value: bigint): this {
    this.body.byte(0x42).s64(value);
    return this;
  }

  f32(value: number): this {
    this.body.byte(0x43).f32(value);
    return this;
  }

  f64(value: number): this {
    this.body.byte(0x44).f64(value);
    return this;
  }

  /** Two's complement of 128 bits. */
  v128(value: bigint): this {
    this.body.bytes([0xfd, 0x0c]);
    for (let i = 0n; i < 16n; i++) this.body.byte(Number((value >> (8n * i)) & 255n));
    return this;
  }

  /** `v128` → `i64` of lane 0 (low) or 1 (high). */
  extractI64(lane: 0 | 1): this {
    this.body.bytes([0xfd, 0x1d, lane]);
    return this;
  }

  /** `v128`, `i64` → `v128` with that lane replaced. */
  replaceI64(lane: 0 | 1): this {
    this.body.bytes([0xfd, 0x1e, lane]);
    return this;
  }

  call(target: FunctionRef): this {
    this.body.byte(0x10);
    this.callSites.push({ body: this.body, at: this.body.length, target });
    this.body.bytes([0x80, 0x80, 0x80, 0x80, 0x00]);
    return this;
  }

  memoryCopy(): this {
    this.body.bytes([0xfc, 0x0a, 0x00, 0x00]);
    return this;
  }

  memoryFill(): this {
    this.body.bytes([0xfc, 0x0b, 0x00]);
    return this;
  }

  block(write: (label: Label) => void, result?: ValueType): this {
    return this.nested(0x02, write, result);
  }

  loop(write: (label: Label) => void, result?: ValueType): this {
    return this.nested(0x03, write, result);
  }

  /** Takes an `i32` from the stack. */
  if(then: (label: Label) => void, otherwise?: (label: Label) => void, result?: ValueType): this {
    this.open(0x04, result);
    const label = { depth: this.depth };
    then(label);
    if (otherwise) {
      this.body.byte(0x05);
      otherwise(label);
    }
    return this.close();
  }

  branch(label: Label): this {
    this.body.byte(0x0c).u32(this.relative(label));
    return this;
  }

  /** Takes an `i32` from the stack. */
  branchIf(label: Label): this {
    this.body.byte(0x0d).u32(this.relative(label));
    return this;
  }

  /** The function's bytes. All called functions must have their index by now. */
  encode(): Uint8Array {
    assert(this.depth === 0, "A block was left open");
    const prologue = this.prologueBody.done();
    const main = this.mainBody.done();
    for (const { body, at, target } of this.callSites)
      writePaddedU32(body === this.mainBody ? main : prologue, at, target.index);
    const out = new Bytes();
    const runs: { type: ValueType; count: number }[] = [];
    for (const type of this.localTypes) {
      const last = runs.at(-1);
      if (last?.type === type) last.count++;
      else runs.push({ type, count: 1 });
    }
    out.u32(runs.length);
    for (const run of runs) out.u32(run.count).byte(VALUE_TYPE_BYTES[run.type]);
    return out.bytes(prologue).bytes(main).byte(0x0b).done();
  }

  private nested(opcode: number, write: (label: Label) => void, result?: ValueType): this {
    this.open(opcode, result);
    write({ depth: this.depth });
    return this.close();
  }

  private open(opcode: number, result?: ValueType): void {
    this.blocks++;
    this.body.byte(opcode).byte(result === undefined ? NO_RESULT : VALUE_TYPE_BYTES[result]);
    this.depth++;
  }

  private close(): this {
    this.body.byte(0x0b);
    this.depth--;
    return this;
  }

  private relative(label: Label): number {
    assert(label.depth <= this.depth, "A branch left its block");
    return this.depth - label.depth;
  }
}

/** Five bytes of LEB128, so that an index can be filled in later. */
function writePaddedU32(body: Uint8Array, at: number, value: number): void {
  for (let i = 0; i < 4; i++) body[at + i] = ((value >>> (7 * i)) & 127) | 128;
  body[at + 4] = (value >>> 28) & 15;
}
