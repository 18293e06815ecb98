import { DOUBLE } from "../../columnar/data-type.ts";
import { isInterval } from "../../columnar/type-class.ts";
import { registerOf } from "../../columnar/vector.ts";
import { arithmeticOverflow } from "../arithmetic-errors.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { emitLess } from "../operator/emit-comparison.ts";
import { emitCheckNegatable, emitNegate, resolveSigned } from "../operator/negative.ts";
import { emitZero } from "../operator/zero-divisor.ts";
import { DOUBLE_PARAMETER, typeArguments } from "../parameters.ts";
import { requireArguments } from "../type-mismatch.ts";

const printAbs = ([child = ""]: readonly string[]): string => `abs(${child})`;

export const ABS: ScalarBuiltin = {
  kind: "scalar",
  name: "abs",
  resolve: (args, context) => resolveSigned(args, context, printAbs),
  kernel: {
    kind: "emit",
    emit: (context, [value], call) => {
      if (!value) return;
      const { code } = context;
      if (value.type === "f64" || value.type === "f32") {
        code.get(value).op(`${value.type}.abs`);
        return;
      }
      const zero = code.local(registerOf(call.type));
      emitZero(code, zero.type);
      code.set(zero);
      emitLess(context, call.type, value, zero);
      code.if(
        () => {
          emitCheckNegatable(context, value, call, () => arithmeticOverflow("overflow"));
          emitNegate(context, value, call);
        },
        () => code.get(value),
        value.type,
      );
    },
  },
  print: printAbs,
  examples: [{ sql: "SELECT abs(-1)", rows: ["1"] }],
};

/** −1, 0 or 1 as a double; intervals count too, NaN stays NaN. */
function signum(name: string, print: (child: string) => string): ScalarBuiltin {
  return {
    kind: "scalar",
    name,
    resolve: (args, context) => {
      requireArguments(args, context, 1);
      const type = args[0]?.type ?? DOUBLE;
      if (isInterval(type)) return { args: [type], type: DOUBLE };
      return { args: typeArguments(args, context, [DOUBLE_PARAMETER]), type: DOUBLE };
    },
    kernel: {
      kind: "row",
      prepare: () => (value: number | bigint) => Math.sign(Number(value)),
    },
    print: ([child = ""]) => print(child),
    cost: 5,
    examples: [{ sql: `SELECT ${name}(40)`, rows: ["1.0"] }],
  };
}

export const SIGN = signum("sign", (child) => `sign(${child})`);
export const SIGNUM = signum("signum", (child) => `SIGNUM(${child})`);
