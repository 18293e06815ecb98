import { STRING } from "../../columnar/data-type.ts";
import { AnalysisError } from "../../common/errors.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { INT_PARAMETER, STRING_PARAMETER, takes } from "../parameters.ts";
import { charactersOf } from "./characters.ts";

export const REPEAT: ScalarBuiltin = {
  kind: "scalar",
  name: "repeat",
  resolve: takes([STRING_PARAMETER, INT_PARAMETER], STRING),
  kernel: {
    kind: "row",
    prepare: () => (text: string, times: number) => text.repeat(Math.max(times, 0)),
  },
  examples: [{ sql: "SELECT repeat('123', 2), repeat('a', -1)", rows: ["123123\t"] }],
};

export const SPACE: ScalarBuiltin = {
  kind: "scalar",
  name: "space",
  resolve: takes([INT_PARAMETER], STRING),
  kernel: { kind: "row", prepare: () => (times: number) => " ".repeat(Math.max(times, 0)) },
  examples: [{ sql: "SELECT concat(space(2), '1')", rows: ["  1"] }],
};

/** The characters in reverse. */
export const REVERSE: ScalarBuiltin = {
  kind: "scalar",
  name: "reverse",
  resolve: (args, context) => {
    if (args[0]?.type.kind === "array") throw reverseOfArrays();
    return takes([STRING_PARAMETER], STRING)(args, context);
  },
  kernel: {
    kind: "row",
    prepare: () => (text: string) => [...charactersOf(text)].reverse().join(""),
  },
  examples: [{ sql: "SELECT reverse('Spark SQL'), reverse('héy')", rows: ["LQS krapS\tyéh"] }],
};

function reverseOfArrays(): AnalysisError {
  return new AnalysisError({
    condition: "UNSUPPORTED_FEATURE.REVERSE_OF_ARRAYS",
    message: "reverse of arrays is not supported yet; reverse takes a string",
    sqlState: "0A000",
  });
}
