import type { Builtin } from "../../src/builtins/builtin.ts";
import { ASKED_BUILTINS } from "./asked-builtins.ts";
import { Dice } from "./dice.ts";
import { type Ingredients, randomCall, randomExpression } from "./random-expression.ts";
import { aggregateQuery, type RandomQuery, randomQuery } from "./random-query.ts";

/** An expression and the rows that it is asked of, or a query. */
export type RandomStatement =
  | { readonly kind: "expression"; readonly sql: string; readonly from: string }
  | ({ readonly kind: "query" } & RandomQuery);

const EDGE_ROWS = 14;

/** Statements of a seed: each builtin comes `rounds` times, with queries and free expressions between. */
export function randomStatements(
  seed: number,
  ansi: boolean,
  rounds: number,
  builtins: readonly Builtin[] = ASKED_BUILTINS,
): readonly RandomStatement[] {
  const dice = new Dice(seed);
  const statements: RandomStatement[] = [];
  for (const builtin of Array.from({ length: rounds }, () => builtins).flat()) {
    if (builtin.kind === "aggregate") {
      statements.push({ kind: "query", ...aggregateQuery(builtin, { dice, ansi, columns: true }) });
    } else
      statements.push(
        expressionStatement(
          dice,
          ansi,
          (ingredients) => randomCall(builtin, ingredients, dice.chance(0.3) ? 2 : 1).sql,
        ),
      );
    if (dice.chance(0.25))
      statements.push({ kind: "query", ...randomQuery({ dice, ansi, columns: true }) });
    if (dice.chance(0.35))
      statements.push(
        expressionStatement(
          dice,
          ansi,
          (ingredients) => randomExpression(ingredients, 1 + dice.below(3)).sql,
        ),
      );
  }
  return statements;
}

function expressionStatement(
  dice: Dice,
  ansi: boolean,
  make: (ingredients: Ingredients) => string,
): RandomStatement {
  const from = rowsFor(dice, ansi);
  return { kind: "expression", sql: make({ dice, ansi, columns: from !== "" }), from };
}

/** Extremes one by one where a single one of them would fail the whole statement. */
function rowsFor(dice: Dice, ansi: boolean): string {
  const share = dice.below(20);
  if (share < 3) return "";
  if (!ansi) return share < 14 ? " FROM edge" : " FROM plain";
  return share < 11 ? " FROM plain" : ` FROM edge WHERE id = ${dice.below(EDGE_ROWS)}`;
}
