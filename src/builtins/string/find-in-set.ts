import { INT } from "../../columnar/data-type.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { STRING_PARAMETER, takes } from "../parameters.ts";
import { byBytes } from "./characters.ts";

/** The place from 1 of a text in a list with commas; 0 where it is not there or has a comma itself. */
export const FIND_IN_SET: ScalarBuiltin = {
  kind: "scalar",
  name: "find_in_set",
  resolve: takes([STRING_PARAMETER, STRING_PARAMETER], INT),
  kernel: {
    kind: "row",
    prepare: () =>
      byBytes((text = "", list = "") =>
        text.includes(",") ? 0 : list.split(",").indexOf(text) + 1,
      ),
  },
  examples: [
    { sql: "SELECT find_in_set('ab', 'abc,b,ab,c,def')", rows: ["3"] },
    { sql: "SELECT find_in_set('', 'a,,b'), find_in_set('a,b', 'a,b')", rows: ["2\t0"] },
  ],
};
