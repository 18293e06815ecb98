import { idsOf, readsOnly } from "./attribute-ids.ts";
import { allOf, conjunctsOf } from "./conjuncts.ts";
import type { Attribute, Expression } from "./expression.ts";

/** One equality between the two sides of a join. */
export interface EquiKey {
  readonly left: Expression;
  readonly right: Expression;
  /** `<=>`: nulls are equal to each other. */
  readonly nullSafe: boolean;
}

/** A join condition taken apart: equalities that a hash table serves, and what is left to check on a pair of rows. */
export interface EquiJoin {
  readonly keys: readonly EquiKey[];
  readonly residual: Expression | null;
}

/** Finds the equalities in a join condition whose operands each read one side only. */
export function splitEquiKeys(
  condition: Expression | null,
  left: readonly Attribute[],
  right: readonly Attribute[],
): EquiJoin {
  const leftIds = idsOf(left);
  const rightIds = idsOf(right);
  const keys: EquiKey[] = [];
  const residual: Expression[] = [];
  for (const conjunct of conjunctsOf(condition)) {
    const key = equiKey(conjunct, leftIds, rightIds);
    if (key) keys.push(key);
    else residual.push(conjunct);
  }
  return { keys, residual: allOf(residual) };
}

function equiKey(
  conjunct: Expression,
  left: ReadonlySet<number>,
  right: ReadonlySet<number>,
): EquiKey | null {
  if (conjunct.kind !== "call" || (conjunct.name !== "=" && conjunct.name !== "<=>")) return null;
  const [a, b] = conjunct.args;
  if (!a || !b) return null;
  const nullSafe = conjunct.name === "<=>";
  if (readsOnly(a, left) && readsOnly(b, right)) return { left: a, right: b, nullSafe };
  if (readsOnly(b, left) && readsOnly(a, right)) return { left: b, right: a, nullSafe };
  return null;
}
