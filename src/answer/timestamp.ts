import { inspect } from "node:util";
import { formatTimestampNtz } from "../columnar/datetime/datetime-text.ts";
import { expectArgument } from "../common/expect-argument.ts";

const MICROS_PER_MILLI = 1000n;

/** An instant in microseconds since 1970-01-01 00:00 UTC; immutable. A `Date` holds milliseconds only. */
export class Timestamp {
  readonly epochMicros: bigint;

  constructor(epochMicros: bigint) {
    expectArgument(typeof epochMicros === "bigint", "epochMicros", "a bigint", epochMicros);
    this.epochMicros = epochMicros;
    Object.freeze(this);
  }

  static fromDate(date: Date): Timestamp {
    const holds = date instanceof Date && !Number.isNaN(date.getTime());
    expectArgument(holds, "date", "a valid Date", date);
    return new Timestamp(BigInt(date.getTime()) * MICROS_PER_MILLI);
  }

  /** The instant without its last three digits. */
  toDate(): Date {
    const micros = this.epochMicros;
    const rest = ((micros % MICROS_PER_MILLI) + MICROS_PER_MILLI) % MICROS_PER_MILLI;
    return new Date(Number((micros - rest) / MICROS_PER_MILLI));
  }

  /** ISO 8601 in UTC with as many digits as it has: `2024-02-29T12:34:56.1Z`. */
  toString(): string {
    return `${formatTimestampNtz(this.epochMicros).replace(" ", "T")}Z`;
  }

  /** The text of `toString`. */
  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return `Timestamp(${this.toString()})`;
  }

  /** The instant in microseconds, for comparisons with `<` and `-`. */
  valueOf(): bigint {
    return this.epochMicros;
  }
}
