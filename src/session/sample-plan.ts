import { LONG } from "../columnar/data-type.ts";
import { AnalysisError } from "../common/errors.ts";
import { expectArgument } from "../common/expect-argument.ts";
import type { Expression } from "../plan/expression.ts";
import { intLiteral, literal, longLiteral } from "../plan/literal.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { literalOf } from "./literal-of.ts";
import * as nodes from "./logical-nodes.ts";
import { unresolvedCall, unresolvedStar } from "./unresolved.ts";

/** Shares are cut at multiples of 2^-53, which doubles and bigints both hold exactly. */
const BITS = 53n;

/** Each row with a probability: those for which Spark's generator of the seed says so. */
export function samplePlan(
  fraction: number,
  seed: number | bigint | undefined,
  child: LogicalPlan,
): LogicalPlan {
  const holds = typeof fraction === "number" && fraction >= 0 && fraction <= 1;
  expectArgument(holds, "fraction", "a number from 0 to 1", fraction);
  const random = unresolvedCall("rand", [seedLiteral(seed)]);
  const limit = literalOf(fraction);
  return nodes.filter(unresolvedCall("<", [random, limit]), child);
}

/**
 * Parts of the rows, in proportion to weights. The hash of all its columns says to which part a row belongs: the parts
 * share no row and leave none out, however and whenever each of them is run. Equal rows come into the same part.
 */
export function splitPlans(
  weights: readonly number[],
  seed: number | bigint | undefined,
  child: LogicalPlan,
): readonly LogicalPlan[] {
  expectArgument(Array.isArray(weights), "weights", "an array of numbers", weights);
  for (const weight of weights)
    expectArgument(weight >= 0 && weight < Infinity, "weights", "numbers from 0 up", weight);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (!(sum > 0 && sum < Infinity)) throw noWeight(weights);
  const place = placeOfRow(seedLiteral(seed));
  let passed = 0;
  let from = 0n;
  return weights.map((weight, i) => {
    passed += weight;
    const isLast = i === weights.length - 1;
    const to = isLast ? 1n << BITS : BigInt(Math.round((passed / sum) * 2 ** Number(BITS)));
    const part = nodes.filter(between(place, from, to), child);
    from = to;
    return part;
  });
}

/** A number of 53 bits, evenly distributed. */
function placeOfRow(seed: Expression): Expression {
  const hash = unresolvedCall("xxhash64", [unresolvedStar(), seed]);
  return unresolvedCall("shiftrightunsigned", [hash, intLiteral(64 - Number(BITS))]);
}

function between(place: Expression, from: bigint, to: bigint): Expression {
  return unresolvedCall("and", [
    unresolvedCall(">=", [place, longLiteral(from)]),
    unresolvedCall("<", [place, longLiteral(to)]),
  ]);
}

function seedLiteral(seed: number | bigint | undefined): Expression {
  const given = seed ?? Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
  const holds = typeof given === "bigint" || Number.isSafeInteger(given);
  expectArgument(holds, "seed", "a whole number", seed);
  return literal(LONG, BigInt.asIntN(64, BigInt(given)).toString());
}

function noWeight(weights: readonly number[]): AnalysisError {
  return new AnalysisError({
    condition: "INVALID_SPLIT_WEIGHTS",
    message: `Sum of weights must be positive, but got [${weights.join(",")}]`,
    sqlState: "22023",
  });
}
