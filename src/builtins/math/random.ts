import { DOUBLE } from "../../columnar/data-type.ts";
import { isIntegral } from "../../columnar/type-class.ts";
import { AnalysisError } from "../../common/errors.ts";
import type { Example, ScalarBuiltin } from "../builtin.ts";
import { argumentText, requireArguments, unexpectedArgument } from "../type-mismatch.ts";
import { XorShiftRandom } from "./xor-shift-random.ts";

/** A seed makes the numbers of a task repeatable; without one they differ in every run. */
function random(
  name: string,
  aliases: readonly string[],
  next: (generator: XorShiftRandom) => number,
  examples: readonly Example[],
): ScalarBuiltin {
  return {
    kind: "scalar",
    name,
    aliases,
    nondeterministic: true,
    resolve: (args, context) => {
      requireArguments(args, context, 0, 1);
      const [seed] = args;
      if (seed && !isIntegral(seed.type) && seed.type.kind !== "null")
        throw unexpectedArgument(
          args,
          ([text = ""]) => `${name}(${text})`,
          0,
          '("INT" or "BIGINT")',
        );
      if (seed?.isConstant === false) throw seedNotConstant(name, argumentText(seed));
      return { args: seed ? [seed.type] : [], type: DOUBLE, constants: [0], nullable: false };
    },
    kernel: {
      kind: "row",
      handlesNulls: true,
      prepare: ({ args }) => {
        const seed = args[0]?.literal?.value;
        const generator = new XorShiftRandom(
          args.length > 0 ? BigInt(String(seed ?? 0)) : BigInt(Math.floor(Math.random() * 2 ** 52)),
        );
        return () => next(generator);
      },
    },
    examples,
  };
}

function seedNotConstant(name: string, seed: string): AnalysisError {
  return new AnalysisError({
    condition: "SEED_EXPRESSION_IS_UNFOLDABLE",
    message: `The seed expression "${seed}" of the expression "${name}(${seed})" must be foldable.`,
    sqlState: "42K08",
  });
}

export const RAND = random("rand", ["random"], (generator) => generator.nextDouble(), [
  { sql: "SELECT rand(0)", rows: ["0.7604953758285915"] },
]);
export const RANDN = random("randn", [], (generator) => generator.nextGaussian(), [
  { sql: "SELECT randn(0)", rows: ["1.6034991609278433"] },
]);
