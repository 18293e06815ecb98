import type { Builtin } from "../../src/builtins/builtin.ts";
import { ASKED_BUILTINS } from "./asked-builtins.ts";
import { asQuery, type KeptAnswers } from "./kept-answers.ts";
import { namesCalled } from "./names-called.ts";

/** The builtins that are in no kept statement that has rows. */
export function missingBuiltins(kept: readonly KeptAnswers[]): readonly Builtin[] {
  const called = new Set<string>();
  for (const section of kept.flatMap(({ sections }) => sections))
    for (const answer of section.answers) {
      if (answer[1] === null || answer[2].length === 0) continue;
      for (const name of namesCalled(asQuery(section, answer))) called.add(name);
    }
  return ASKED_BUILTINS.filter(({ name }) => !called.has(name));
}
