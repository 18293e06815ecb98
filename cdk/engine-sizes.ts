import { Token } from "aws-cdk-lib";

interface EngineSizes {
  readonly memorySize: number;
  readonly coordinatorMemorySize: number;
  /** Executors at once, reserved or not. */
  readonly concurrency: number;
}

interface GivenSizes {
  readonly memorySize?: number;
  readonly coordinatorMemorySize?: number;
  readonly reservedConcurrency?: number;
}

interface Limits {
  readonly of: string;
  readonly least: number;
  readonly most?: number;
}

const MEMORY = { of: "MB", least: 128, most: 10_240 };
const EXECUTORS = { of: "executors", least: 1 };

/** Sizes that were given, where Lambda has them, and the defaults. Tokens stay as they are. */
export function engineSizes(given: GivenSizes): EngineSizes {
  const { memorySize = 1769, coordinatorMemorySize = 1769, reservedConcurrency = 100 } = given;
  check("memorySize", memorySize, MEMORY);
  check("coordinatorMemorySize", coordinatorMemorySize, MEMORY);
  check("reservedConcurrency", reservedConcurrency, EXECUTORS);
  return { memorySize, coordinatorMemorySize, concurrency: reservedConcurrency };
}

function check(name: keyof GivenSizes, value: number, { of, least, most }: Limits): void {
  if (Token.isUnresolved(value)) return;
  if (Number.isInteger(value) && value >= least && value <= (most ?? value)) return;
  const range = most === undefined ? `${least} or more` : `${least} to ${most}`;
  throw new TypeError(`${name} is a whole number of ${of}, ${range}, not ${value}`);
}
