import { describe, expect, it } from "vitest";
import { allBuiltins } from "../../../src/builtins/registry.ts";
import { selectConstants } from "../../support/builtin-harness.ts";

describe("Every scalar builtin", () => {
  for (const builtin of allBuiltins()) {
    if (builtin.kind !== "scalar") continue;
    it(`documents ${builtin.name} with examples that it answers`, () => {
      expect(builtin.examples).not.toHaveLength(0);
      for (const { sql, rows } of builtin.examples)
        expect([selectConstants(sql).cells.join("\t")], sql).toEqual(rows);
    });
  }
});
