import { AnalysisError } from "../common/errors.ts";
import { expectString } from "../common/expect-argument.ts";
import type { JoinType } from "../plan/logical-plan.ts";

const JOIN_TYPES = {
  inner: "inner",
  cross: "cross",
  outer: "full",
  full: "full",
  fullouter: "full",
  full_outer: "full",
  left: "left",
  leftouter: "left",
  left_outer: "left",
  right: "right",
  rightouter: "right",
  right_outer: "right",
  semi: "semi",
  leftsemi: "semi",
  left_semi: "semi",
  anti: "anti",
  leftanti: "anti",
  left_anti: "anti",
} as const satisfies { readonly [name: string]: JoinType };

/** Spark's names of the join types. */
export type JoinName = keyof typeof JOIN_TYPES;

const isJoinName = (name: string): name is JoinName => Object.hasOwn(JOIN_TYPES, name);

/** The join type of a name. Throws `UNSUPPORTED_JOIN_TYPE`. */
export function joinTypeOf(name: string): JoinType {
  const known = expectString(name, "how").toLowerCase();
  if (isJoinName(known)) return JOIN_TYPES[known];
  const supported = Object.keys(JOIN_TYPES);
  throw new AnalysisError({
    condition: "UNSUPPORTED_JOIN_TYPE",
    message: `Unsupported join type '${name}'. Supported join types include: ${supported.map((known) => `'${known}'`).join(", ")}.`,
    sqlState: "0A000",
    details: { typ: name, supported },
  });
}
