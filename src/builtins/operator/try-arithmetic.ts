import type { DataType } from "../../columnar/data-type.ts";
import { isIntegral, isNumeric } from "../../columnar/type-class.ts";
import { assert } from "../../common/assert.ts";
import { DataError } from "../../common/errors.ts";
import type { CallFacts, Example, ScalarBuiltin, ScalarKernel } from "../builtin.ts";
import { failingToNull } from "../failing-to-null.ts";
import { ADD } from "./add.ts";
import { DIVIDE } from "./divide.ts";
import { MULTIPLY } from "./multiply.ts";
import { REMAINDER } from "./remainder.ts";
import { SUBTRACT } from "./subtract.ts";

/** An operator whose own errors, and those of the casts that its operands need, are null. */
function tryOf(operator: ScalarBuiltin, name: string, examples: readonly Example[]): ScalarBuiltin {
  return {
    kind: "scalar",
    name,
    triesArguments: true,
    ...(operator.evaluates ? { evaluates: operator.evaluates } : {}),
    resolve: (args, context) => ({ ...operator.resolve(args, context), nullable: true }),
    kernel: (call) => {
      const facts = { ...call, ansi: failsWhereWrong(operator, call.type) };
      const { kernel } = operator;
      return nullOnError(typeof kernel === "function" ? kernel(facts) : kernel, facts);
    },
    ...(operator.cost === undefined ? {} : { cost: operator.cost }),
    examples,
  };
}

/** Without ANSI only sums and products of integers are wrong in silence; the others are null. */
function failsWhereWrong(operator: ScalarBuiltin, type: DataType): boolean {
  if (!isNumeric(type)) return true;
  return isIntegral(type) && operator !== REMAINDER;
}

function nullOnError(kernel: ScalarKernel, facts: CallFacts): ScalarKernel {
  switch (kernel.kind) {
    case "row":
      return { ...kernel, prepare: () => nullOnDataError(kernel.prepare(facts)) };
    case "emit":
      return {
        kind: "emit",
        emit: (context, args, _, isNull) =>
          kernel.emit(isNull ? failingToNull(context, isNull) : context, args, facts, isNull),
      };
    default:
      assert(false, "An arithmetic operator evaluates its operands itself");
      return kernel;
  }
}

function nullOnDataError(row: (...args: never[]) => unknown): (...args: never[]) => unknown {
  return (...args) => {
    try {
      return row(...args);
    } catch (error) {
      if (error instanceof DataError) return null;
      throw error;
    }
  };
}

const INT_MAX = 2147483647;

/** Operators that give null where they would fail. */
export const TRY_ARITHMETIC: readonly ScalarBuiltin[] = [
  tryOf(ADD, "try_add", [
    { sql: "SELECT try_add(1, 2)", rows: ["3"] },
    { sql: `SELECT try_add(${INT_MAX}, 1)`, rows: ["NULL"] },
    { sql: "SELECT try_add(date'2021-01-01', 1)", rows: ["2021-01-02"] },
    { sql: "SELECT try_add(interval 2 year, interval 3 year)", rows: ["5-0"] },
  ]),
  tryOf(SUBTRACT, "try_subtract", [
    { sql: "SELECT try_subtract(2, 1)", rows: ["1"] },
    { sql: `SELECT try_subtract(-${INT_MAX}, 2)`, rows: ["NULL"] },
    { sql: "SELECT try_subtract(interval 3 year, interval 2 year)", rows: ["1-0"] },
  ]),
  tryOf(MULTIPLY, "try_multiply", [
    { sql: "SELECT try_multiply(2, 3)", rows: ["6"] },
    { sql: `SELECT try_multiply(-${INT_MAX}, 10)`, rows: ["NULL"] },
    { sql: "SELECT try_multiply(interval 2 year, 3)", rows: ["6-0"] },
  ]),
  tryOf(DIVIDE, "try_divide", [
    { sql: "SELECT try_divide(3, 2)", rows: ["1.5"] },
    { sql: "SELECT try_divide(1, 0)", rows: ["NULL"] },
    { sql: "SELECT try_divide(interval 2 month, 0)", rows: ["NULL"] },
  ]),
  tryOf(REMAINDER, "try_mod", [
    { sql: "SELECT try_mod(3, 2)", rows: ["1"] },
    { sql: "SELECT try_mod(1, 0)", rows: ["NULL"] },
    { sql: "SELECT try_mod(2L, 2L)", rows: ["0"] },
  ]),
];
