import type { LinearMemory } from "../../columnar/linear-memory.ts";
import type { Batch } from "../../columnar/vector.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { FunctionEmitter } from "../code/function-emitter.ts";

/** No processor has registers for more; further numbers are read from memory where they are used. */
const MAX_LOCALS = 256;

interface FrameField {
  readonly slot: number;
  readonly read: (batch: Batch) => number;
}

/** Numbers that differ from batch to batch: set in memory before a loop runs, kept in its locals while it does. */
export class BatchFrame {
  private readonly emitter: FunctionEmitter;
  private readonly fields: FrameField[] = [];
  private readonly slots = new Map<string, number>();
  /** By slot. */
  private readonly locals = new Map<number, Local>();

  constructor(emitter: FunctionEmitter) {
    this.emitter = emitter;
  }

  /** Pushes the number that `read` gives of the batch. The same name asked for twice is one number. */
  push(name: string, read: (batch: Batch) => number): void {
    const { code } = this.emitter;
    let slot = this.slots.get(name);
    if (slot === undefined) {
      slot = this.emitter.scratch(4);
      this.fields.push({ slot, read });
      this.slots.set(name, slot);
      if (this.locals.size < MAX_LOCALS) this.locals.set(slot, this.slotLocal(slot));
    }
    const local = this.locals.get(slot);
    if (local) code.get(local);
    else code.i32(0).memory("i32.load", slot);
  }

  /** A local that holds the `u32` at an address as it is when the loop starts. */
  slotLocal(slot: number): Local {
    const { code } = this.emitter;
    const local = code.lasting("i32");
    code.prologue(() => code.i32(0).memory("i32.load", slot).set(local));
    return local;
  }

  fill(memory: LinearMemory, batch: Batch): void {
    for (const { slot, read } of this.fields) {
      const value = read(batch);
      memory.view().setUint32(slot, value, true);
    }
  }
}
