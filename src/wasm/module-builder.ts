import { Bytes } from "./bytes.ts";
import {
  FunctionBuilder,
  type FunctionRef,
  VALUE_TYPE_BYTES,
  type ValueType,
} from "./function-builder.ts";

/** What a function takes and gives. */
export interface FunctionType {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

interface ImportedFunction {
  readonly module: string;
  readonly name: string;
  readonly type: number;
  readonly ref: FunctionRef;
}

interface OwnFunction {
  readonly type: number;
  readonly exportName: string | null;
  readonly code: FunctionBuilder;
  readonly ref: FunctionRef;
}

/** Builds one WebAssembly module over the imported memory `env.memory`. */
export class ModuleBuilder {
  private readonly types: FunctionType[] = [];
  /** By module and name, in the order in which they are numbered. */
  private readonly imports = new Map<string, ImportedFunction>();
  private readonly functions: OwnFunction[] = [];

  /** The same import asked for twice is one import. */
  importFunction(module: string, name: string, type: FunctionType): FunctionRef {
    const key = `${module}.${name}`;
    const known = this.imports.get(key);
    if (known) return known.ref;
    const ref = { index: -1 };
    this.imports.set(key, { module, name, type: this.typeIndex(type), ref });
    return ref;
  }

  /** A function whose code is written into the builder before the module is encoded. Exported where it has a name. */
  addFunction(
    type: FunctionType,
    exportName: string | null,
  ): { code: FunctionBuilder; ref: FunctionRef } {
    const code = new FunctionBuilder(type.params);
    const ref = { index: -1 };
    this.functions.push({ type: this.typeIndex(type), exportName, code, ref });
    return { code, ref };
  }

  encode(): Uint8Array<ArrayBuffer> {
    const imports = [...this.imports.values()];
    imports.forEach((i, n) => {
      i.ref.index = n;
    });
    this.functions.forEach((f, n) => {
      f.ref.index = imports.length + n;
    });
    const exported = this.functions.filter((f) => f.exportName !== null);
    return new Bytes()
      .bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00])
      .bytes(section(1, this.types, writeType))
      .bytes(section(2, ["memory" as const, ...imports], writeImport))
      .bytes(section(3, this.functions, (out, f) => out.u32(f.type)))
      .bytes(
        section(7, exported, (out, f) =>
          out
            .name(f.exportName ?? "")
            .byte(0x00)
            .u32(f.ref.index),
        ),
      )
      .bytes(
        section(10, this.functions, (out, f) => {
          const code = f.code.encode();
          return out.u32(code.length).bytes(code);
        }),
      )
      .done();
  }

  private typeIndex(type: FunctionType): number {
    const same = this.types.findIndex(
      (t) => t.params.join() === type.params.join() && t.results.join() === type.results.join(),
    );
    return same >= 0 ? same : this.types.push(type) - 1;
  }
}

function section<T>(
  id: number,
  items: readonly T[],
  write: (out: Bytes, item: T) => Bytes,
): Uint8Array {
  const content = new Bytes().u32(items.length);
  for (const item of items) write(content, item);
  const bytes = content.done();
  return new Bytes().byte(id).u32(bytes.length).bytes(bytes).done();
}

function writeType(out: Bytes, type: FunctionType): Bytes {
  out.byte(0x60).u32(type.params.length);
  for (const p of type.params) out.byte(VALUE_TYPE_BYTES[p]);
  out.u32(type.results.length);
  for (const r of type.results) out.byte(VALUE_TYPE_BYTES[r]);
  return out;
}

function writeImport(out: Bytes, item: ImportedFunction | "memory"): Bytes {
  if (item === "memory") return out.name("env").name("memory").bytes([0x02, 0x00, 0x01]);
  return out.name(item.module).name(item.name).byte(0x00).u32(item.type);
}
