import { DATE, INT, LONG, TIMESTAMP } from "../../columnar/data-type.ts";
import { isFloating, isNumeric } from "../../columnar/type-class.ts";
import { arithmeticOverflow } from "../arithmetic-errors.ts";
import type {
  Argument,
  CallFacts,
  Example,
  ResolveContext,
  ScalarBuiltin,
  ScalarKernel,
  Signature,
} from "../builtin.ts";
import {
  INT_PARAMETER,
  INTEGRAL_PARAMETER,
  ONLY_DATE_PARAMETER,
  ONLY_TIMESTAMP_PARAMETER,
  takes,
} from "../parameters.ts";
import { requireArguments, unexpectedArgument } from "../type-mismatch.ts";
import { checkedLong } from "./zoned-time.ts";

const MAX_LONG = (1n << 63n) - 1n;

const IDENTITY: ScalarKernel = {
  kind: "emit",
  emit: ({ code }, [value]) => value && code.get(value),
};

/** Days since 1970-01-01. */
export const UNIX_DATE: ScalarBuiltin = {
  kind: "scalar",
  name: "unix_date",
  resolve: takes([ONLY_DATE_PARAMETER], INT),
  kernel: IDENTITY,
  examples: [{ sql: "SELECT unix_date(DATE('1970-01-02'))", rows: ["1"] }],
};

export const DATE_FROM_UNIX_DATE: ScalarBuiltin = {
  kind: "scalar",
  name: "date_from_unix_date",
  resolve: takes([INT_PARAMETER], DATE),
  kernel: IDENTITY,
  examples: [{ sql: "SELECT date_from_unix_date(1)", rows: ["1970-01-02"] }],
};

const fromUnits = (
  name: string,
  microsPerUnit: bigint,
  examples: readonly Example[],
): ScalarBuiltin => ({
  kind: "scalar",
  name,
  resolve: takes([INTEGRAL_PARAMETER], TIMESTAMP),
  kernel: timestampOf(microsPerUnit),
  examples,
});

export const TIMESTAMP_MILLIS: ScalarBuiltin = fromUnits("timestamp_millis", 1000n, [
  { sql: "SELECT timestamp_millis(1230219000123)", rows: ["2008-12-25 15:30:00.123"] },
]);

export const TIMESTAMP_MICROS: ScalarBuiltin = fromUnits("timestamp_micros", 1n, [
  { sql: "SELECT timestamp_micros(1230219000123123)", rows: ["2008-12-25 15:30:00.123123"] },
]);

/** Any number of seconds; null of NaN and infinity. Doubles out of range are the last timestamp of their side. */
export const TIMESTAMP_SECONDS: ScalarBuiltin = {
  kind: "scalar",
  name: "timestamp_seconds",
  resolve: resolveSeconds,
  kernel: secondsKernel,
  examples: [
    { sql: "SELECT timestamp_seconds(1230219000)", rows: ["2008-12-25 15:30:00"] },
    { sql: "SELECT timestamp_seconds(1230219000.123)", rows: ["2008-12-25 15:30:00.123"] },
  ],
};

function resolveSeconds(args: readonly Argument[], context: ResolveContext): Signature {
  requireArguments(args, context, 1);
  const type = args[0]?.type ?? LONG;
  if (!isNumeric(type) && type.kind !== "null")
    throw unexpectedArgument(
      args,
      (texts) => `timestamp_seconds(${texts.join(", ")})`,
      0,
      '"NUMERIC"',
    );
  const isExact = type.kind === "decimal" || isFloating(type);
  return {
    args: [isExact ? type : LONG],
    type: TIMESTAMP,
    nullable: args[0]?.nullable || isFloating(type),
  };
}

function secondsKernel(call: CallFacts): ScalarKernel {
  const type = call.args[0]?.type ?? LONG;
  if (type.kind === "decimal") return { kind: "row", prepare: () => decimalSeconds(type.scale) };
  return type.kind === "long"
    ? timestampOf(1_000_000n)
    : { kind: "row", prepare: () => doubleSeconds };
}

function decimalSeconds(scale: number): (unscaled: bigint) => bigint {
  const divisor = 10n ** BigInt(scale);
  return (unscaled) => {
    const micros = unscaled * 1_000_000n;
    if (micros % divisor !== 0n) throw arithmeticOverflow("Rounding necessary");
    return checkedLong(micros / divisor);
  };
}

function doubleSeconds(seconds: number): bigint | null {
  if (!Number.isFinite(seconds)) return null;
  const micros = seconds * 1e6;
  if (micros >= 2 ** 63) return MAX_LONG;
  return micros < -(2 ** 63) ? -MAX_LONG - 1n : BigInt(Math.trunc(micros));
}

/** A `long` of some unit as microseconds. */
function timestampOf(microsPerUnit: bigint): ScalarKernel {
  if (microsPerUnit === 1n) return IDENTITY;
  const most = MAX_LONG / microsPerUnit;
  return {
    kind: "emit",
    emit: (context, [value]) => {
      const { code } = context;
      if (value) code.get(value).i64(most).op("i64.add");
      code.i64(2n * most).op("i64.gt_u");
      code.if(() => context.fail(() => arithmeticOverflow("long overflow")));
      if (value) code.get(value).i64(microsPerUnit).op("i64.mul");
    },
  };
}

const toUnits = (
  name: string,
  microsPerUnit: bigint,
  examples: readonly Example[],
): ScalarBuiltin => ({
  kind: "scalar",
  name,
  resolve: takes([ONLY_TIMESTAMP_PARAMETER], LONG),
  kernel: {
    kind: "emit",
    emit: (context, [micros]) => {
      if (micros) context.code.get(micros);
      if (microsPerUnit === 1n) return;
      context.code.i64(microsPerUnit);
      context.kernel("floorDivide");
    },
  },
  examples,
});

/** Whole seconds since 1970, rounded down. */
export const UNIX_SECONDS: ScalarBuiltin = toUnits("unix_seconds", 1_000_000n, [
  { sql: "SELECT unix_seconds(TIMESTAMP('1970-01-01 00:00:01Z'))", rows: ["1"] },
]);

export const UNIX_MILLIS: ScalarBuiltin = toUnits("unix_millis", 1000n, [
  { sql: "SELECT unix_millis(TIMESTAMP('1969-12-31 23:59:59.9999Z'))", rows: ["-1"] },
]);

export const UNIX_MICROS: ScalarBuiltin = toUnits("unix_micros", 1n, [
  { sql: "SELECT unix_micros(TIMESTAMP('1970-01-01 00:00:01Z'))", rows: ["1000000"] },
]);
