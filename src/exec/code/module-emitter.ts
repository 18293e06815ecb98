import type { Arena, LinearMemory } from "../../columnar/linear-memory.ts";
import { assert } from "../../common/assert.ts";
import { STRICT } from "../../common/strict.ts";
import type { FunctionBuilder, FunctionRef, ValueType } from "../../wasm/function-builder.ts";
import { KERNELS, type KernelName } from "../../wasm/kernel-table.ts";
import { ModuleBuilder } from "../../wasm/module-builder.ts";
import type { ByteHeap } from "../byte-heap.ts";
import { codeTooLarge } from "../execution-error.ts";
import type { WorkerRuntime } from "../worker-runtime.ts";
import { computesWithNull, pushIsPoison } from "./poison.ts";

/** V8 ends the process where its machine code of one function passes 512 MB; this many come to about half. */
const MAX_MERGES = 60_000_000;

type HostFunction = (...args: never[]) => unknown;

/** One module of emitted code: its functions, what it imports, and its constants in the worker's memory. */
export class ModuleEmitter {
  readonly runtime: WorkerRuntime;
  private readonly builder = new ModuleBuilder();
  private readonly hostFunctions: Record<string, HostFunction> = {};
  private readonly functions: FunctionBuilder[] = [];
  private hostCount = 0;
  /** Constants and scratch; lives as long as the module is used. */
  private readonly arena: Arena;
  private readonly guarded = new Map<KernelName, FunctionRef>();
  private poisons = 0;
  private readonly allocators = new Map<ByteHeap, FunctionRef>();

  constructor(runtime: WorkerRuntime, arena: Arena) {
    this.runtime = runtime;
    this.arena = arena;
  }

  get memory(): LinearMemory {
    return this.runtime.memory;
  }

  addFunction(
    params: readonly ValueType[],
    results: readonly ValueType[],
    exportName: string | null,
  ): { code: FunctionBuilder; ref: FunctionRef } {
    const added = this.builder.addFunction({ params, results }, exportName);
    this.functions.push(added.code);
    return added;
  }

  kernel(name: KernelName): FunctionRef {
    const kernel = this.builder.importFunction("kernel", name, KERNELS[name]);
    if (!STRICT) return kernel;
    const known = this.guarded.get(name);
    if (known) return known;
    const made = this.emitGuarded(name, kernel);
    this.guarded.set(name, made);
    return made;
  }

  /** A number for the place where a null's value is poisoned next. */
  nextPoison(): number {
    return this.poisons++;
  }

  /** A JavaScript function that emitted code can call. No parameter or result may be a `v128`. */
  host(
    params: readonly ValueType[],
    results: readonly ValueType[],
    body: HostFunction,
  ): FunctionRef {
    assert(![...params, ...results].includes("v128"), "JavaScript takes no v128");
    const name = `f${this.hostCount++}`;
    this.hostFunctions[name] = body;
    return this.builder.importFunction("host", name, { params, results });
  }

  constant(bytes: Uint8Array): number {
    const address = this.arena.allocate(bytes.length);
    this.memory.u8().set(bytes, address);
    return address;
  }

  scratch(sizeBytes: number): number {
    const address = this.arena.allocate(sizeBytes);
    this.memory.u8().fill(0, address, address + sizeBytes);
    return address;
  }

  /** `i32` size → `i32` address on the heap. */
  allocator(heap: ByteHeap): FunctionRef {
    const known = this.allocators.get(heap);
    if (known) return known;
    const made = this.emitAllocator(heap);
    this.allocators.set(heap, made);
    return made;
  }

  /** Throws `GENERATED_CODE_TOO_LARGE`. */
  instantiate(): Record<string, (...args: number[]) => number> {
    if (this.functions.some((code) => code.merges > MAX_MERGES)) throw codeTooLarge();
    const module = this.runtime.modules.of(this.builder.encode());
    const instance = new WebAssembly.Instance(module, {
      env: { memory: this.memory.memory },
      kernel: this.runtime.kernels as unknown as Record<string, HostFunction>,
      host: this.hostFunctions,
    });
    return instance.exports as unknown as Record<string, (...args: number[]) => number>;
  }

  /** The kernel, refusing values of nulls. */
  private emitGuarded(name: KernelName, kernel: FunctionRef): FunctionRef {
    const { params, results } = KERNELS[name];
    const { code, ref } = this.addFunction(params, results, null);
    const raise = this.host([], [], () => {
      throw computesWithNull(`The kernel ${name}`);
    });
    for (const param of code.params) {
      pushIsPoison(code, param);
      code.if(() => code.call(raise));
    }
    for (const param of code.params) code.get(param);
    code.call(kernel);
    return ref;
  }

  private emitAllocator(heap: ByteHeap): FunctionRef {
    const refill = this.host(["i32"], ["i32"], (size: number) => heap.refill(size));
    const { code, ref } = this.addFunction(["i32"], ["i32"], null);
    const [size] = code.params;
    assert(size !== undefined, "no size");
    const next = code.local("i32");
    const after = code.local("i32");
    code.i32(0).memory("i32.load", heap.control).tee(next);
    code.get(size).i32(7).op("i32.add").i32(-8).op("i32.and").op("i32.add").tee(after);
    code
      .i32(0)
      .memory("i32.load", heap.control + 4)
      .op("i32.gt_u");
    code.if(
      () => code.get(size).call(refill).set(next),
      () => code.i32(0).get(after).memory("i32.store", heap.control),
    );
    code.get(next);
    return ref;
  }
}
