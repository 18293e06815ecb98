import type { WindowSpec } from "../plan/expression.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { identifier } from "./names.ts";
import type { Parser } from "./parser.ts";
import { analysisFault } from "./sql-error.ts";
import { parseWindow } from "./window-parser.ts";

/** The WINDOW clause over a plan; a window defined by another's name gets that one's definition. */
export function parseWindows(p: Parser, child: LogicalPlan): LogicalPlan {
  if (!p.accept("WINDOW")) return child;
  const windows: { name: string; spec: WindowSpec }[] = [];
  do {
    const name = identifier(p);
    p.expect("AS");
    windows.push(Object.freeze({ name, spec: windowSpec(p, windows) }));
  } while (p.acceptSymbol(","));
  return Object.freeze({ kind: "withWindows", windows: Object.freeze(windows), child });
}

function windowSpec(
  p: Parser,
  earlier: readonly { readonly name: string; readonly spec: WindowSpec }[],
): WindowSpec {
  const { position } = p.token;
  const window = parseWindow(p);
  if (typeof window !== "string") return window;
  const named = earlier.find(({ name }) => name.toLowerCase() === window.toLowerCase());
  if (named !== undefined) return named.spec;
  throw analysisFault(p.source, position, {
    condition: "INVALID_SQL_SYNTAX.UNRESOLVED_WINDOW_REFERENCE",
    sqlState: "42000",
    message: `Invalid SQL syntax: Cannot resolve window reference \`${window}\`.`,
    details: { window },
  });
}
