import type { Argument } from "./builtin.ts";

/** An argument's value where it is known before any row is: while a call is resolved, and where its kernel is made. */
export function constantArgument(argument: Argument | undefined): Argument["constant"] {
  return argument?.literal ?? argument?.constant;
}
