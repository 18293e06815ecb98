import { STRING } from "../../columnar/data-type.ts";
import type { ScalarBuiltin, ScalarKernel } from "../builtin.ts";
import { STRING_PARAMETER, takes } from "../parameters.ts";

const START = 1;
const END = 2;

/** The characters to trim stand before the text, as Spark's parser puts those of `TRIM(x FROM text)`. */
const trimKernel = (sides: number): ScalarKernel => ({
  kind: "emit",
  emit: (context, args) => {
    const { code } = context;
    const text = args.at(-1);
    const characters = args.length === 2 ? args[0] : undefined;
    if (text) code.get(text);
    if (characters) code.get(characters);
    code.i32(sides);
    context.kernel(characters ? "stringTrimCharacters" : "stringTrim");
  },
});

const trimNamed = (
  name: string,
  side: string,
  sides: number,
  examples: ScalarBuiltin["examples"],
): ScalarBuiltin => ({
  kind: "scalar",
  name,
  resolve: takes([STRING_PARAMETER, STRING_PARAMETER], STRING, { required: 1 }),
  kernel: trimKernel(sides),
  print: (args) =>
    args.length === 1 ? `${name}(${args[0]})` : `TRIM(${side} ${args[0]} FROM ${args[1]})`,
  cost: 5,
  examples,
});

/** Without spaces, or the characters of a first argument, at both ends. */
export const TRIM: ScalarBuiltin = trimNamed("trim", "BOTH", START | END, [
  { sql: "SELECT trim('    SparkSQL   ')", rows: ["SparkSQL"] },
  { sql: "SELECT trim(BOTH FROM '    SparkSQL   ')", rows: ["SparkSQL"] },
  { sql: "SELECT trim('SL' FROM 'SSparkSQLS')", rows: ["parkSQ"] },
  { sql: "SELECT trim(BOTH 'é' FROM 'éaé')", rows: ["a"] },
]);

export const LTRIM: ScalarBuiltin = trimNamed("ltrim", "LEADING", START, [
  { sql: "SELECT ltrim('    SparkSQL')", rows: ["SparkSQL"] },
  { sql: "SELECT trim(LEADING 'SL' FROM 'SSparkSQLS')", rows: ["parkSQLS"] },
]);

export const RTRIM: ScalarBuiltin = trimNamed("rtrim", "TRAILING", END, [
  { sql: "SELECT rtrim('SparkSQL   ')", rows: ["SparkSQL"] },
  { sql: "SELECT trim(TRAILING 'SL' FROM 'SSparkSQLS')", rows: ["SSparkSQ"] },
]);

/** As `trim`, with the characters behind the text. */
export const BTRIM: ScalarBuiltin = {
  kind: "scalar",
  name: "btrim",
  resolve: takes([STRING_PARAMETER, STRING_PARAMETER], STRING, { required: 1 }),
  kernel: {
    kind: "emit",
    emit: (context, args) => {
      for (const arg of args) context.code.get(arg);
      context.code.i32(START | END);
      context.kernel(args.length === 2 ? "stringTrimCharacters" : "stringTrim");
    },
  },
  cost: 5,
  examples: [
    { sql: "SELECT btrim('    SparkSQL   ')", rows: ["SparkSQL"] },
    { sql: "SELECT btrim('SSparkSQLS', 'SL')", rows: ["parkSQ"] },
    {
      sql: "SELECT btrim(encode('SSparkSQLS', 'utf-8'), encode('SL', 'utf-8'))",
      rows: ["parkSQ"],
    },
  ],
};
