import type { DataType } from "../columnar/data-type.ts";
import type { LiteralJson } from "../columnar/literal-json.ts";
import { allOf, booleanCall } from "../plan/conjuncts.ts";
import { type EquiKey, splitEquiKeys } from "../plan/equi-keys.ts";
import type { Expression } from "../plan/expression.ts";
import { nullableOf, typeOf } from "../plan/expression-type.ts";
import { FALSE } from "../plan/literal.ts";
import type { Join } from "../plan/logical-plan.ts";
import { planOutput } from "../plan/plan-output.ts";

/** What a hash table compares, and what is left of the join's condition. */
export interface JoinKeys {
  readonly leftKeys: readonly Expression[];
  readonly rightKeys: readonly Expression[];
  readonly residual: Expression | null;
}

/** The keys of a join by hash; none where the condition has no equality between the sides. */
export function joinKeys(join: Join): JoinKeys {
  const split = splitEquiKeys(join.condition, planOutput(join.left), planOutput(join.right));
  const leftKeys: Expression[] = [];
  const rightKeys: Expression[] = [];
  const rest: Expression[] = [];
  for (const key of split.keys) {
    const pairs = keyPairs(key);
    if (pairs === null) rest.push(booleanCall("<=>", [key.left, key.right], false));
    for (const [left, right] of pairs ?? []) {
      leftKeys.push(left);
      rightKeys.push(right);
    }
  }
  if (split.residual) rest.push(split.residual);
  return { leftKeys, rightKeys, residual: allOf(rest) };
}

type Pair = readonly [Expression, Expression];

/** Keys never match on null, so `a <=> b` becomes two: the values with a stand-in for null, and whether they are null. */
function keyPairs(key: EquiKey): readonly Pair[] | null {
  const { left, right } = key;
  if (!key.nullSafe || !(nullableOf(left) || nullableOf(right))) return [[left, right]];
  const standIn = standInValue(typeOf(left));
  if (standIn === null) return null;
  return [
    [withStandIn(left, standIn), withStandIn(right, standIn)],
    [isNull(left), isNull(right)],
  ];
}

function withStandIn(value: Expression, standIn: LiteralJson): Expression {
  const type = typeOf(value);
  const literal: Expression = { kind: "literal", type, value: standIn };
  return Object.freeze({
    kind: "call",
    name: "coalesce",
    args: [value, literal],
    type,
    nullable: false,
    ansi: true,
  });
}

const isNull = (value: Expression): Expression =>
  nullableOf(value) ? booleanCall("isnull", [value], false) : FALSE;

function standInValue(type: DataType): LiteralJson {
  switch (type.kind) {
    case "boolean":
      return false;
    case "long":
    case "timestamp":
    case "timestamp_ntz":
    case "day_time_interval":
    case "decimal":
      return "0";
    case "string":
    case "binary":
      return "";
    case "array":
    case "map":
    case "struct":
    case "null":
      return null;
    default:
      return 0;
  }
}
