import type { Evaluated } from "../../builtins/builtin.ts";
import type { DataType } from "../../columnar/data-type.ts";
import { laneOf, registerOf } from "../../columnar/vector.ts";
import { assert } from "../../common/assert.ts";
import { STRICT } from "../../common/strict.ts";
import type { FunctionBuilder, FunctionRef, ValueType } from "../../wasm/function-builder.ts";
import { readLane, readRef } from "./js-value.ts";
import type { ModuleEmitter } from "./module-emitter.ts";
import { refusePoison } from "./poison.ts";

type Raw = readonly (number | bigint)[];

interface Parameter {
  readonly type: DataType;
  readonly nullable: boolean;
}

/** How one parameter reaches JavaScript: the registers it takes, and how they are read. */
interface Passing {
  readonly registers: readonly ValueType[];
  /** Where a `v128` is put, else 0. */
  readonly scratch: number;
  read(raw: Raw, at: number): unknown;
}

/** A call from emitted code to a JavaScript function on JavaScript values. */
export class HostCall {
  private readonly module: ModuleEmitter;
  private readonly parameters: readonly Parameter[];
  private readonly passings: readonly Passing[];

  constructor(module: ModuleEmitter, parameters: readonly Parameter[]) {
    this.module = module;
    this.parameters = parameters;
    this.passings = parameters.map((parameter) => passing(module, parameter.type));
  }

  /** Imports `body`, which gets one JavaScript value for each parameter: null for null. */
  import(results: readonly ValueType[], body: (...values: unknown[]) => unknown): FunctionRef {
    const registers = this.parameters.flatMap((parameter, i) => [
      ...(this.passings[i]?.registers ?? []),
      ...(parameter.nullable ? (["i32"] as const) : []),
    ]);
    const readers = this.readers();
    return this.module.host(registers, results, (...raw: (number | bigint)[]) =>
      body(...readers.map((read) => read(raw))),
    );
  }

  /** Pushes the registers of argument `i`. */
  pushArgument(code: FunctionBuilder, i: number, argument: Evaluated): void {
    const how = this.passings[i];
    assert(how !== undefined, `No parameter ${i}`);
    if (how.registers.length === 2) {
      code.get(argument.value).op("i32.wrap_i64");
      code.get(argument.value).i64(32n).op("i64.shr_u").op("i32.wrap_i64");
    } else if (how.scratch > 0) {
      code.i32(how.scratch).get(argument.value).memory("v128.store").i32(how.scratch);
    } else code.get(argument.value);
    if (!this.parameters[i]?.nullable) return;
    if (argument.isNull) code.get(argument.isNull);
    else code.i32(0);
  }

  private readers(): ((raw: Raw) => unknown)[] {
    let at = 0;
    return this.passings.map((how, i) => {
      const start = at;
      at += how.registers.length;
      const read = STRICT ? readingNoPoison(how, start) : (raw: Raw) => how.read(raw, start);
      if (!this.parameters[i]?.nullable) return read;
      const nullAt = at++;
      return (raw) => (raw[nullAt] ? null : read(raw));
    });
  }
}

function readingNoPoison(how: Passing, at: number): (raw: Raw) => unknown {
  return (raw) => {
    refusePoison(raw[at], how.registers.length === 2);
    const value = how.read(raw, at);
    if (typeof value === "bigint") refusePoison(value, false);
    return value;
  };
}

function passing(module: ModuleEmitter, type: DataType): Passing {
  const { memory } = module;
  if (laneOf(type) === "ref")
    return {
      registers: ["i32", "i32"],
      scratch: 0,
      read: (raw, at) => readRef(memory, type, Number(raw[at]) >>> 0, Number(raw[at + 1])),
    };
  if (registerOf(type) === "v128") {
    const scratch = module.scratch(16);
    return {
      registers: ["i32"],
      scratch,
      read: () => readLane(memory, type, "v128", scratch),
    };
  }
  return {
    registers: [registerOf(type)],
    scratch: 0,
    read: (raw, at) => (type.kind === "boolean" ? raw[at] !== 0 : raw[at]),
  };
}
