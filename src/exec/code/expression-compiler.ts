import type {
  CallFacts,
  Evaluated,
  LazyOperand,
  ScalarBuiltin,
  ScalarKernel,
} from "../../builtins/builtin.ts";
import { castKernel } from "../../builtins/cast/cast.ts";
import { findBuiltin } from "../../builtins/registry.ts";
import type { RowFunction } from "../../builtins/row-function.ts";
import type { DataType } from "../../columnar/data-type.ts";
import { fromLiteralJson } from "../../columnar/literal-json.ts";
import { readableText, withoutLoneSurrogates } from "../../columnar/text-bytes.ts";
import { laneOf, registerOf } from "../../columnar/vector.ts";
import { assert, impossible, present } from "../../common/assert.ts";
import { argumentOf } from "../../plan/argument-of.ts";
import type { Call, Case, Cast, Expression, Literal } from "../../plan/expression.ts";
import { nullableOf, typeOf } from "../../plan/expression-type.ts";
import { mayFail } from "../../plan/may-fail.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { TaskSettings } from "../task-spec.ts";
import type { FunctionEmitter } from "./function-emitter.ts";
import { HostCall } from "./host-call.ts";
import { refBytes, writeLane } from "./js-value.ts";
import { loadLane } from "./lane-access.ts";
import { narrowCall, narrowCast } from "./narrow-decimal.ts";
import { poisoned } from "./poison.ts";
import type { ValueBounds } from "./value-bounds.ts";

/** Where an expression's attributes come from at the place where its code stands. */
export interface ExpressionScope {
  /** The attribute's value; its code stands before this place, outside of all conditions. */
  attribute(id: number): Evaluated;
  /** The value of a whole subtree, where the scope has it ready; else null. */
  ready(expression: Expression): Evaluated | null;
  /** What is known of the expression's values. */
  bounds(expression: Expression): ValueBounds | null;
  /** The code needs the bounds to hold: that is checked before it runs. */
  relyOnBounds(expression: Expression): void;
}

/** Writes the code of expressions into a function. */
export class ExpressionCompiler {
  private readonly emitter: FunctionEmitter;
  private readonly scope: ExpressionScope;
  private readonly settings: TaskSettings;

  constructor(emitter: FunctionEmitter, scope: ExpressionScope, settings: TaskSettings) {
    this.emitter = emitter;
    this.scope = scope;
    this.settings = settings;
  }

  compile(expression: Expression): Evaluated {
    const ready = this.scope.ready(expression);
    if (ready) return ready;
    if (expression.kind === "attribute") return this.scope.attribute(expression.id);
    if (expression.kind === "alias") return this.compile(expression.child);
    return poisoned(this.emitter, this.computed(expression));
  }

  private computed(expression: Expression): Evaluated {
    switch (expression.kind) {
      case "literal":
        return this.literal(expression);
      case "cast":
        return this.cast(expression);
      case "call":
        return this.call(expression);
      case "case":
        return this.caseWhen(expression);
      default:
        return impossible(`No code can be made for ${expression.kind}`);
    }
  }

  /** Pushes 1 where the condition is true, 0 where it is false or null. */
  pushCondition(condition: Expression): void {
    const { code } = this.emitter;
    const { value, isNull } = this.compile(condition);
    code.get(value);
    if (isNull) code.get(isNull).op("i32.eqz").op("i32.and");
  }

  private literal({ type, value }: Literal): Evaluated {
    const { code } = this.emitter;
    const local = code.local(registerOf(type));
    if (value === null) {
      const isNull = code.local("i32");
      code.i32(1).set(isNull);
      return { value: local, isNull };
    }
    pushConstant(this.emitter, type, fromLiteralJson(type, value));
    code.set(local);
    return { value: local, isNull: null };
  }

  private cast(cast: Cast): Evaluated {
    assert(cast.mode !== "unset", "A cast has no mode");
    const narrow = narrowCast(this.emitter, cast, this.narrowing);
    if (narrow) return narrow;
    const from = typeOf(cast.child);
    const facts: CallFacts = {
      name: "cast",
      args: [argumentOf(cast.child)],
      type: cast.type,
      ansi: cast.mode === "ansi",
      timeZone: this.settings.timeZone,
    };
    const { kernel, nullable } = castKernel(from, cast.type, cast.mode, facts);
    return this.apply(kernel, facts, [this.operand(cast.child)], { nullable });
  }

  private readonly narrowing = {
    bounds: (expression: Expression) => this.scope.bounds(expression),
    relyOnBounds: (expression: Expression) => this.scope.relyOnBounds(expression),
    compile: (expression: Expression) => this.compile(expression),
  };

  private call(call: Call): Evaluated {
    const narrow = narrowCall(this.emitter, call, this.narrowing);
    if (narrow) return narrow;
    const builtin = findBuiltin(call.name);
    assert(builtin?.kind === "scalar", `${call.name} is no scalar function`);
    const facts: CallFacts = {
      name: call.name,
      args: call.args.map(argumentOf),
      type: call.type,
      ansi: call.ansi,
      timeZone: this.settings.timeZone,
    };
    return this.apply(
      kernelOf(builtin, facts),
      facts,
      call.args.map((arg) => this.operand(arg)),
      {
        nullable:
          builtin.resolve(facts.args, { ansi: call.ansi, name: call.name }).nullable ?? false,
        ...(builtin.evaluates ? { evaluates: builtin.evaluates } : {}),
      },
    );
  }

  private operand(expression: Expression): LazyOperand {
    return {
      type: typeOf(expression),
      nullable: nullableOf(expression),
      mayFail: mayFail(expression),
      evaluate: () => this.compile(expression),
    };
  }

  private apply(
    kernel: ScalarKernel,
    facts: CallFacts,
    operands: readonly LazyOperand[],
    { nullable, evaluates }: Pick<ScalarBuiltin, "evaluates"> & { readonly nullable: boolean },
  ): Evaluated {
    if (kernel.kind === "emitLazy") return kernel.emit(this.emitter, operands, facts);
    const passed = kernel.kind === "row" ? operands.slice(0, kernel.passes) : operands;
    const needsAll = evaluates === "together" || (kernel.kind === "row" && kernel.handlesNulls);
    const args = needsAll
      ? passed.map((operand) => operand.evaluate())
      : this.untilNull(passed, evaluates === "lastFirst");
    if (kernel.kind === "row") {
      const prepared = kernel.prepare(facts);
      const row = kernel.text === "readable" ? onReadableText(prepared) : prepared;
      if (kernel.handlesNulls) return this.callRow(row, facts, args, true);
      return this.strict(args, facts.type, true, () =>
        this.callRow(row, facts, args.map(neverNull), false),
      );
    }
    return this.strict(args, facts.type, nullable, (isNull) => {
      const value = this.emitter.code.local(registerOf(facts.type));
      kernel.emit(
        this.emitter,
        args.map((arg) => arg.value),
        facts,
        isNull,
      );
      this.emitter.code.set(value);
      return { value, isNull: null };
    });
  }

  /** Evaluates operands of a strict kernel; one that may fail only where none before it is null. */
  private untilNull(operands: readonly LazyOperand[], lastFirst: boolean): readonly Evaluated[] {
    const { code } = this.emitter;
    const nulls: Local[] = [];
    const evaluate = (operand: LazyOperand): Evaluated => {
      const run = (): Evaluated => operand.evaluate();
      if (nulls.length === 0 || !operand.mayFail) return run();
      let evaluated: Evaluated | undefined;
      code.i32(0);
      for (const isNull of nulls) code.get(isNull).op("i32.or");
      code.op("i32.eqz").if(() => {
        evaluated = run();
      });
      return present(evaluated, "an operand's code");
    };
    const noted = (operand: LazyOperand): Evaluated => {
      const evaluated = evaluate(operand);
      if (evaluated.isNull) nulls.push(evaluated.isNull);
      return evaluated;
    };
    return lastFirst ? operands.toReversed().map(noted).reverse() : operands.map(noted);
  }

  /** Null where any argument is null; else what `evaluate` gives, which may set the null local it is given. */
  private strict(
    args: readonly Evaluated[],
    type: DataType,
    nullable: boolean,
    evaluate: (isNull: Evaluated["isNull"]) => Evaluated,
  ): Evaluated {
    const { code } = this.emitter;
    const nulls = args.flatMap((arg) => (arg.isNull ? [arg.isNull] : []));
    if (nulls.length === 0 && !nullable) return evaluate(null);
    const isNull = code.local("i32");
    const value = code.local(registerOf(type));
    code.i32(0);
    for (const n of nulls) code.get(n).op("i32.or");
    code.tee(isNull).op("i32.eqz");
    code.if(() => {
      const result = evaluate(nullable ? isNull : null);
      code.get(result.value).set(value);
      if (result.isNull) code.get(result.isNull).set(isNull);
    });
    return { value, isNull };
  }

  private callRow(
    row: (...args: never[]) => unknown,
    facts: CallFacts,
    args: readonly Evaluated[],
    handlesNulls: boolean,
  ): Evaluated {
    const { code, module } = this.emitter;
    const { memory, rowHeap } = module.runtime;
    const lane = laneOf(facts.type);
    const scratch = module.scratch(16);
    const call = new HostCall(
      module,
      args.map((_, i) => ({
        type: present(facts.args[i], "argument").type,
        nullable: handlesNulls,
      })),
    );
    const host = call.import(["i32"], (...values) => {
      const result = row(...(values as never[]));
      if (result === null || result === undefined) return 1;
      writeLane(memory, (size) => rowHeap.allocate(size), facts.type, lane, scratch, result);
      return 0;
    });
    args.forEach((arg, i) => {
      call.pushArgument(code, i, arg);
    });
    const isNull = code.local("i32");
    const value = code.local(registerOf(facts.type));
    code.call(host).set(isNull).i32(scratch);
    loadLane(code, lane, registerOf(facts.type));
    code.set(value);
    return { value, isNull };
  }

  private caseWhen(expression: Case): Evaluated {
    const { code } = this.emitter;
    const value = code.local(registerOf(typeOf(expression)));
    const isNull = code.local("i32");
    let mayBeNull = expression.otherwise === null;
    const assign = (result: Expression | null): void => {
      if (result === null) {
        code.i32(1).set(isNull);
        return;
      }
      const evaluated = this.compile(result);
      code.get(evaluated.value).set(value);
      if (evaluated.isNull) {
        mayBeNull = true;
        code.get(evaluated.isNull).set(isNull);
      } else code.i32(0).set(isNull);
    };
    const emitFrom = (index: number): void => {
      const branch = expression.branches[index];
      if (!branch) {
        assign(expression.otherwise);
        return;
      }
      this.pushCondition(branch.when);
      code.if(
        () => assign(branch.result),
        () => emitFrom(index + 1),
      );
    };
    emitFrom(0);
    return { value, isNull: mayBeNull ? isNull : null };
  }
}

/** The function with strings as Java's `String` has them. */
function onReadableText(row: RowFunction): RowFunction {
  const call = row as (...args: readonly unknown[]) => unknown;
  return (...args: readonly unknown[]) =>
    madeText(call(...args.map((arg) => (typeof arg === "string" ? readableText(arg) : arg))));
}

function madeText(value: unknown): unknown {
  if (typeof value === "string") return withoutLoneSurrogates(value);
  return Array.isArray(value) ? value.map(madeText) : value;
}

/** Pushes the register of a JavaScript value that is not null. */
export function pushConstant(emitter: FunctionEmitter, type: DataType, value: unknown): void {
  const { code } = emitter;
  if (laneOf(type) === "ref") {
    const bytes = refBytes(type, value);
    const address = emitter.constant(bytes);
    code.i64((BigInt(bytes.length) << 32n) | BigInt(address));
    return;
  }
  switch (registerOf(type)) {
    case "i32":
      code.i32(Number(value));
      return;
    case "i64":
      code.i64(BigInt(value as bigint));
      return;
    case "f32":
      code.f32(Number(value));
      return;
    case "f64":
      code.f64(Number(value));
      return;
    case "v128":
      code.v128(BigInt(value as bigint));
  }
}

function kernelOf(builtin: ScalarBuiltin, facts: CallFacts): ScalarKernel {
  return typeof builtin.kernel === "function" ? builtin.kernel(facts) : builtin.kernel;
}

function neverNull(evaluated: Evaluated): Evaluated {
  return { value: evaluated.value, isNull: null };
}
