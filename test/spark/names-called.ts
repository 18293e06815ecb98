import { findBuiltin } from "../../src/builtins/registry.ts";
import { parseStatement } from "../../src/sql/parse.ts";

/** The builtins that a query calls, by their own names. */
export function namesCalled(sql: string): ReadonlySet<string> {
  const names = new Set<string>();
  collect(parseStatement(sql), names);
  return names;
}

function collect(node: unknown, names: Set<string>): void {
  if (typeof node !== "object" || node === null) return;
  if ("kind" in node && node.kind === "unresolvedCall" && "name" in node) {
    const builtin = findBuiltin(String(node.name));
    if (builtin !== undefined) names.add(builtin.name);
  }
  for (const child of Object.values(node)) collect(child, names);
}
