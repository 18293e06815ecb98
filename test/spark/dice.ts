import { seeded } from "../support/seeded.ts";

/** Random choices that are the same for a seed. */
export class Dice {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = seeded(seed);
  }

  /** An integer from 0 to `count - 1`. */
  below(count: number): number {
    return Math.floor(this.#next() * count);
  }

  /** True in `share` of all cases. */
  chance(share: number): boolean {
    return this.#next() < share;
  }

  /** One of the items; throws where there is none. */
  pick<T>(items: readonly T[]): T {
    const [item] = items.slice(this.below(items.length));
    if (item === undefined) throw new RangeError("Nothing to pick from");
    return item;
  }

  /** `pick` for each of `count` places. */
  several<T>(count: number, make: () => T): readonly T[] {
    return Array.from({ length: count }, make);
  }
}
