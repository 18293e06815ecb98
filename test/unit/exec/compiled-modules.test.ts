import { describe, expect, it } from "vitest";
import { CompiledModules } from "../../../src/exec/code/compiled-modules.ts";

/** An empty module with a custom section of that name. */
const moduleBytes = (name: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 0, 2, 1, name]);

describe("CompiledModules", () => {
  it("compiles the same bytes once, others not, and forgets what was not used for long", () => {
    const modules = new CompiledModules();
    const first = modules.of(moduleBytes(65));
    expect(modules.of(moduleBytes(65))).toBe(first);
    expect(modules.of(moduleBytes(66))).not.toBe(first);
    for (let name = 70; name < 100; name++) modules.of(moduleBytes(name));
    expect(modules.of(moduleBytes(65))).toBe(first);
    for (let name = 70; name < 102; name++) modules.of(moduleBytes(name));
    expect(modules.of(moduleBytes(65))).not.toBe(first);
  });
});
