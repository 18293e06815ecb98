import type { EmitContext } from "../../builtins/builtin.ts";
import type { DataType } from "../../columnar/data-type.ts";
import type {
  FunctionBuilder,
  FunctionRef,
  Local,
  ValueType,
} from "../../wasm/function-builder.ts";
import type { KernelName } from "../../wasm/kernel-table.ts";
import { HostCall } from "./host-call.ts";
import type { ModuleEmitter } from "./module-emitter.ts";

/** Emits one function: what builtins' emitters are given, and the instructions of operators. */
export class FunctionEmitter implements EmitContext {
  readonly module: ModuleEmitter;
  readonly code: FunctionBuilder;
  readonly ref: FunctionRef;

  constructor(
    module: ModuleEmitter,
    params: readonly ValueType[],
    results: readonly ValueType[],
    exportName: string | null,
  ) {
    const { code, ref } = module.addFunction(params, results, exportName);
    this.module = module;
    this.code = code;
    this.ref = ref;
  }

  kernel(name: KernelName): void {
    this.code.call(this.module.kernel(name));
  }

  fail(makeError: () => Error): void {
    this.failWith([], makeError);
  }

  failWith(
    values: readonly { readonly local: Local; readonly type: DataType }[],
    makeError: (...values: unknown[]) => Error,
  ): void {
    const call = new HostCall(
      this.module,
      values.map((v) => ({ type: v.type, nullable: false })),
    );
    const raise = call.import([], (...args) => {
      throw makeError(...args);
    });
    values.forEach((value, i) => {
      call.pushArgument(this.code, i, { value: value.local, isNull: null });
    });
    this.code.call(raise).op("unreachable");
  }

  allocate(): void {
    this.code.call(this.module.allocator(this.module.runtime.rowHeap));
  }

  constant(bytes: Uint8Array): number {
    return this.module.constant(bytes);
  }

  scratch(sizeBytes: number): number {
    return this.module.scratch(sizeBytes);
  }
}
