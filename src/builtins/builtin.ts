import type { DataType } from "../columnar/data-type.ts";
import type { LiteralJson } from "../columnar/literal-json.ts";
import type { FunctionBuilder, Local } from "../wasm/function-builder.ts";
import type { KernelName } from "../wasm/kernel-table.ts";
import type { RowFunction } from "./row-function.ts";

/** What is known of an argument when a call is resolved. */
export interface Argument {
  readonly type: DataType;
  readonly nullable: boolean;
  /** The constant, where it is one. */
  readonly literal?: { readonly value: LiteralJson };
  /** False where it depends on columns, aggregates, subqueries or chance. */
  readonly isConstant?: boolean;
  /**
   * The value of a constant expression, written as a literal or not; computed when it is read. Reading it throws the
   * error of the evaluation. Only while a call is resolved: kernels read `literal`.
   */
  readonly constant?: { readonly value: LiteralJson } | undefined;
  /** How Spark would print it, for messages. */
  readonly sql?: string;
}

/** What of a call, besides its arguments, decides its type. */
export interface ResolveContext {
  readonly ansi: boolean;
  /** The function's name as the user wrote it, for messages. */
  readonly name: string;
}

/** How a call is typed: arguments are cast to `args` (same length as given), the result is of `type`. */
export interface Signature {
  readonly args: readonly DataType[];
  readonly type: DataType;
  /** The places of arguments that must be constant: kernels see them as literals. */
  readonly constants?: readonly number[];
  /** True: the result can be null although no argument is. False: it never is. By the null rule otherwise. */
  readonly nullable?: boolean;
}

/** A resolved call, as kernels see it. */
export interface CallFacts {
  readonly name: string;
  readonly args: readonly Argument[];
  readonly type: DataType;
  readonly ansi: boolean;
  readonly timeZone: string;
}

/** Where emitted code finds what lies outside its own function. */
export interface EmitContext {
  readonly code: FunctionBuilder;
  /** Calls a static kernel; its arguments are on the stack. */
  kernel(name: KernelName): void;
  /** Ends the query with an error, made when it happens; afterwards control does not return (`unreachable`). */
  fail(makeError: () => Error): void;
  /**
   * As `fail`, with values for the message: each local's value reaches `makeError` as a JavaScript value of its type
   * (see `row-function.ts`).
   */
  failWith(
    values: readonly { readonly local: Local; readonly type: DataType }[],
    makeError: (...values: unknown[]) => Error,
  ): void;
  /** `i32` size on the stack → `i32` address of fresh bytes that live as long as the batch. */
  allocate(): void;
  /** The address of constant bytes placed once for the module. */
  constant(bytes: Uint8Array): number;
  /** The address of `sizeBytes` of scratch memory, the same at every row. */
  scratch(sizeBytes: number): number;
}

/** An argument not yet evaluated: for functions that need not evaluate all. */
export interface LazyOperand {
  readonly type: DataType;
  readonly nullable: boolean;
  /** Some value of it ends the query with an error. */
  readonly mayFail: boolean;
  /** Writes the code that evaluates it here. `isNull` is null where it can never be null; else an `i32` of 0 or 1. */
  evaluate(): Evaluated;
}

/** The locals that hold a value and whether it is null; `isNull` is null where it never is. */
export interface Evaluated {
  readonly value: Local;
  readonly isNull: Local | null;
  /** An `i64` of the same number, where a `v128` is known to fit. */
  readonly narrow?: Local;
}

/**
 * How a scalar is computed, exactly one of:
 * - `emit`: instructions that leave the result's register on the stack, all arguments not null
 * - `emitLazy`: instructions with nulls and order of evaluation of its own
 * - `row`: a TypeScript function, called from the compiled loop for each row
 *
 * `emit` and `row` follow the null rule `strict`: null where any argument is null, and then not called. A `row` with
 * `handlesNulls` is always called and gets null for null. A function may return null in either case if its
 * signature says `nullable`; `emit` does so by setting the `isNull` local it is given.
 */
export type ScalarKernel =
  | {
      readonly kind: "emit";
      readonly emit: (
        context: EmitContext,
        args: readonly Local[],
        call: CallFacts,
        /** Set to 1 where the result is null; only where the signature is `nullable`. */
        isNull: Local | null,
      ) => void;
    }
  | {
      readonly kind: "emitLazy";
      readonly emit: (
        context: EmitContext,
        operands: readonly LazyOperand[],
        call: CallFacts,
      ) => Evaluated;
    }
  | {
      readonly kind: "row";
      readonly handlesNulls?: boolean;
      /**
       * How strings that are not UTF-8 are passed: `bytes` keep each byte as a lone surrogate (see `decodeText`);
       * `readable` have U+FFFD, as Java's `String`, for functions that Spark computes on those. Default `bytes`.
       */
      readonly text?: "bytes" | "readable";
      /** Only so many arguments are passed; the others are constants that `prepare` has read. Default all. */
      readonly passes?: number;
      /** Called once for each call site; the result is called for each row. */
      readonly prepare: (call: CallFacts) => RowFunction;
    };

/** A documented example and what Spark prints for it; every one is run as a test. */
export interface Example {
  readonly sql: string;
  /** Cells as Spark's Hive-style output prints them, tab-separated. */
  readonly rows: readonly string[];
}

/** A function or operator of one row, under Spark's name. */
export interface ScalarBuiltin {
  readonly kind: "scalar";
  /** The name under which Spark registers it, in lower case: `upper`, `+`, `and`, `<=>`. */
  readonly name: string;
  readonly aliases?: readonly string[];
  /** Throws an `AnalysisError` where the arguments do not fit. */
  readonly resolve: (args: readonly Argument[], context: ResolveContext) => Signature;
  /** May depend on the types of a call. */
  readonly kernel: ScalarKernel | ((call: CallFacts) => ScalarKernel);
  /** Spark's column name for a call where it is not `name(arg, …)`, e.g. `(a + b)`. `type` is the result's. */
  readonly print?: (args: readonly string[], type?: DataType) => string;
  /** Not folded and not moved: gives another result at another time or row. */
  readonly nondeterministic?: boolean;
  /**
   * The arguments in the order in which a strict kernel needs them, where that is not theirs: an argument that may fail is
   * not evaluated where one before it is null. `together`: all are evaluated first.
   */
  readonly evaluates?: "lastFirst" | "together";
  /** Arguments that do not fit the type they are brought to are null. */
  readonly triesArguments?: true;
  /** Relative cost of one evaluation, an integer addition being 1. Default 1 (emit), 50 (row). */
  readonly cost?: number;
  readonly examples: readonly Example[];
}

/** One column of an aggregate's state. It travels between partial and final phase under this type. */
export interface StateColumn {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
}

/** A state column in a group's tuple, where code can read and write it. */
export interface StateSlot {
  readonly type: DataType;
  /** Pushes its register. */
  load(): void;
  /** Takes its register from the stack. */
  store(): void;
  /** Adds an `i64` to a slot of register `v128`, wrapping. */
  addNarrow(value: Local): void;
  /** Pushes an `i32` of 0 or 1. Only where the state column is nullable. */
  loadIsNull(): void;
  /** Takes an `i32` of 0 or 1 from the stack. Only where the state column is nullable. */
  storeIsNull(): void;
  /** For a `ref` that must outlive the batch: takes an `i64` from the stack, copies the bytes, stores the copy. */
  storeCopy(): void;
}

/** An aggregate over state slots. All slots are zero at first, nullable ones null. */
export interface SlotAggregate {
  readonly kind: "slots";
  readonly state: (call: CallFacts) => readonly StateColumn[];
  /** Called for rows that pass the call's FILTER. By default only for rows where no argument is null. */
  readonly update: (
    context: EmitContext,
    state: readonly StateSlot[],
    args: readonly Evaluated[],
    call: CallFacts,
  ) => void;
  readonly updatesOnNull?: boolean;
  /**
   * The states of other aggregates over the same arguments and rows, by their names, read off this one's: where both
   * are asked for, only this one is kept.
   */
  readonly gives?: {
    readonly [name: string]: (
      context: EmitContext,
      state: readonly StateSlot[],
    ) => readonly Evaluated[];
  };
  /** Adds a state that came from a partial phase; `from` may be null only where its column is nullable. */
  readonly merge: (
    context: EmitContext,
    state: readonly StateSlot[],
    from: readonly Evaluated[],
    call: CallFacts,
  ) => void;
  readonly finish: (
    context: EmitContext,
    state: readonly StateSlot[],
    call: CallFacts,
  ) => Evaluated;
}

/** An aggregate whose state is a JavaScript object; the partial phase hands it on as binary. */
export interface HostAggregate {
  readonly kind: "host";
  readonly prepare: (call: CallFacts) => {
    create(): unknown;
    /** Arguments as JavaScript values, null for null. Only rows without null arguments unless `updatesOnNull`. */
    update(state: unknown, ...args: unknown[]): unknown;
    serialize(state: unknown): Uint8Array;
    merge(state: unknown, bytes: Uint8Array): unknown;
    /** The result as a JavaScript value of the call's type, or null. */
    finish(state: unknown): unknown;
  };
  readonly updatesOnNull?: boolean;
}

/** A function of many rows, under Spark's name. */
export interface AggregateBuiltin {
  readonly kind: "aggregate";
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly resolve: (args: readonly Argument[], context: ResolveContext) => Signature;
  readonly kernel:
    | SlotAggregate
    | HostAggregate
    | ((call: CallFacts) => SlotAggregate | HostAggregate);
  /** Refuses DISTINCT. */
  readonly refusesDistinct?: true;
  readonly print?: (args: readonly string[]) => string;
  readonly examples: readonly Example[];
}

/** An entry of the table of functions and operators. */
export type Builtin = ScalarBuiltin | AggregateBuiltin;
