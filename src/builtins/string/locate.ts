import { INT } from "../../columnar/data-type.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { INT_PARAMETER, STRING_PARAMETER, takes } from "../parameters.ts";

/** The place from 1 of a part in a text, 0 where it is not there. */
export const INSTR: ScalarBuiltin = {
  kind: "scalar",
  name: "instr",
  resolve: takes([STRING_PARAMETER, STRING_PARAMETER], INT),
  kernel: {
    kind: "emit",
    emit: (context, [text, part]) => {
      if (text) context.code.get(text);
      if (part) context.code.get(part);
      context.code.i32(1);
      context.kernel("stringLocate");
    },
  },
  cost: 6,
  examples: [
    { sql: "SELECT instr('SparkSQL', 'SQL')", rows: ["6"] },
    { sql: "SELECT instr('héllo', 'l'), instr('abc', 'x'), instr('abc', '')", rows: ["3\t0\t1"] },
  ],
};

const locateNamed = (
  name: string,
  aliases: readonly string[],
  examples: ScalarBuiltin["examples"],
): ScalarBuiltin => ({
  kind: "scalar",
  name,
  aliases,
  resolve: takes([STRING_PARAMETER, STRING_PARAMETER, INT_PARAMETER], INT, { required: 2 }),
  kernel: {
    kind: "emitLazy",
    emit: (context, [part, text, from]) => {
      const { code } = context;
      const result = code.local("i32");
      const isNull = code.local("i32");
      code.i32(0).set(result).i32(0).set(isNull);
      const start = from?.evaluate();
      const locate = (): void => {
        const needle = part?.evaluate();
        const whole = text?.evaluate();
        for (const operand of [needle, whole])
          if (operand?.isNull) code.get(operand.isNull).get(isNull).op("i32.or").set(isNull);
        code.get(isNull).op("i32.eqz");
        code.if(() => {
          if (whole) code.get(whole.value);
          if (needle) code.get(needle.value);
          if (start) code.get(start.value);
          else code.i32(1);
          context.kernel("stringLocate");
          code.set(result);
        });
      };
      if (start?.isNull) code.get(start.isNull).op("i32.eqz").if(locate);
      else locate();
      return { value: result, isNull };
    },
  },
  print: (args) => `${name}(${[...args, ...(args.length === 2 ? ["1"] : [])].join(", ")})`,
  cost: 6,
  examples,
});

/** The place from 1 of a part in a text at or behind a place; 0 where it is not there or the place is null. */
export const LOCATE: ScalarBuiltin = locateNamed(
  "locate",
  [],
  [
    { sql: "SELECT locate('bar', 'foobarbar')", rows: ["4"] },
    { sql: "SELECT locate('bar', 'foobarbar', 5)", rows: ["7"] },
    {
      sql: "SELECT locate('b', 'abc', 0), locate(NULL, 'a', 1), locate('a', 'a', NULL)",
      rows: ["0\tNULL\t0"],
    },
  ],
);

/** As `locate`. */
export const POSITION: ScalarBuiltin = locateNamed(
  "position",
  [],
  [
    { sql: "SELECT position('bar', 'foobarbar')", rows: ["4"] },
    { sql: "SELECT POSITION('bar' IN 'foobarbar')", rows: ["4"] },
  ],
);
