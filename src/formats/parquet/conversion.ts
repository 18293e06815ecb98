import { type DataType, type DecimalType, sameType } from "../../columnar/data-type.ts";
import type { ChunkFacts, LeafCalendar } from "../../columnar/file-facts.ts";
import { LANE_BYTES, type Lane } from "../../columnar/vector.ts";

/**
 * How the values of a chunk become values of a vector. `source` is how PLAIN stores them: `bits` are booleans,
 * `fixed` has `sourceBytes` a value, `refs` are byte arrays (their first lane is the reference).
 */
export interface Conversion {
  readonly source: "bits" | "fixed" | "refs";
  readonly sourceBytes: number;
  readonly steps: readonly ConversionStep[];
  readonly lane: Lane;
}

/** A kernel and the bytes of the values that it writes. */
export type ConversionStep =
  | { readonly kernel: PlainStep; readonly bytes: number }
  | { readonly kernel: "scaleI64" | "scaleV128"; readonly bytes: number; readonly factor: bigint }
  | {
      readonly kernel: "fixedToI64" | "fixedToV128" | "fixedToRefs";
      readonly bytes: number;
      readonly width: number;
    }
  | { readonly kernel: "padRefs"; readonly bytes: number; readonly length: number }
  | { readonly kernel: "rebaseMicros"; readonly bytes: number; readonly timeZone: string }
  | {
      readonly kernel: "modernDays" | "modernMicros";
      readonly bytes: number;
      readonly setting: string;
    };

type PlainStep =
  | "i32ToI8"
  | "i32ToI16"
  | "i32ToI64"
  | "u32ToI64"
  | "i32ToF64"
  | "f32ToF64"
  | "i64ToV128"
  | "u64ToV128"
  | "nanosToMicros"
  | "daysToMicros"
  | "int96ToMicros"
  | "rebaseDays"
  | "refsToI64"
  | "refsToV128";

/** Digits before the point that Spark wants a decimal to have that an integer is read as. */
const INT_DIGITS = 10;
const LONG_DIGITS = 20;
/** Spark reads any of these as any other, without a check that the value fits. */
const STORED_AS_I32: readonly DataType["kind"][] = ["byte", "short", "int", "date"];
const READ_FROM_I32: readonly DataType["kind"][] = [...STORED_AS_I32, "long", "double"];
const MAX_I64_DIGITS = 18;

const step = (kernel: PlainStep, lane: Lane): ConversionStep => ({
  kernel,
  bytes: LANE_BYTES[lane],
});

/** Null where values of the file's type cannot be read as the wanted one, or the chunk is of no flat kind. */
export function conversionOf(
  chunk: ChunkFacts,
  fileType: DataType,
  wanted: DataType,
): Conversion | null {
  const conversion = storedConversion(chunk, fileType, wanted);
  if (conversion === null) return null;
  if (chunk.calendar !== undefined) return rebased(conversion, fileType, chunk.calendar);
  if (chunk.charLength !== undefined && fileType.kind === "string")
    return { ...conversion, steps: [...conversion.steps, padStep(chunk.charLength)] };
  return conversion;
}

const padStep = (length: number): ConversionStep => ({
  kernel: "padRefs",
  bytes: LANE_BYTES.ref,
  length,
});

/** Days are rebased before all else, instants when they are microseconds. */
function rebased(conversion: Conversion, fileType: DataType, calendar: LeafCalendar): Conversion {
  const { steps } = conversion;
  return fileType.kind === "date"
    ? { ...conversion, steps: [dayStep(calendar), ...steps] }
    : { ...conversion, steps: [...steps, microsStep(calendar)] };
}

function dayStep(calendar: LeafCalendar): ConversionStep {
  if (calendar.kind === "hybrid") return step("rebaseDays", "i32");
  return { kernel: "modernDays", bytes: LANE_BYTES.i32, setting: calendar.setting };
}

function microsStep(calendar: LeafCalendar): ConversionStep {
  if (calendar.kind === "hybrid")
    return { kernel: "rebaseMicros", bytes: LANE_BYTES.i64, timeZone: calendar.timeZone };
  return { kernel: "modernMicros", bytes: LANE_BYTES.i64, setting: calendar.setting };
}

function storedConversion(
  chunk: ChunkFacts,
  fileType: DataType,
  wanted: DataType,
): Conversion | null {
  switch (chunk.physical) {
    case "BOOLEAN":
      return same(fileType, wanted, { source: "bits", sourceBytes: 0, steps: [], lane: "i8" });
    case "INT32":
      return int32(fileType, wanted);
    case "INT64":
      return int64(chunk, fileType, wanted);
    case "INT96":
      return sameMoment(fileType, wanted) ? fixed(12, [step("int96ToMicros", "i64")], "i64") : null;
    case "FLOAT":
      if (fileType.kind === "float" && wanted.kind === "double")
        return fixed(4, [step("f32ToF64", "f64")], "f64");
      return same(fileType, wanted, fixed(4, [], "f32"));
    case "DOUBLE":
      return same(fileType, wanted, fixed(8, [], "f64"));
    case "BYTE_ARRAY":
    case "FIXED_LEN_BYTE_ARRAY":
      return bytes(chunk, fileType, wanted);
    default:
      return null;
  }
}

function fixed(sourceBytes: number, steps: readonly ConversionStep[], lane: Lane): Conversion {
  return { source: "fixed", sourceBytes, steps, lane };
}

function same(a: DataType, b: DataType, conversion: Conversion): Conversion | null {
  return sameType(a, b) ? conversion : null;
}

function int32(fileType: DataType, wanted: DataType): Conversion | null {
  if (fileType.kind === "decimal")
    return wanted.kind === "decimal" ? decimals(fixed(4, [], "i32"), fileType, wanted) : null;
  if (fileType.kind === "year_month_interval") return same(fileType, wanted, fixed(4, [], "i32"));
  const isUnsigned = fileType.kind === "long";
  if (wanted.kind === "decimal" && fileType.kind !== "date") {
    const start = step(isUnsigned ? "u32ToI64" : "i32ToI64", "i64");
    return integersAsDecimals(fixed(4, [start], "i64"), INT_DIGITS, wanted);
  }
  if (isUnsigned) return same(fileType, wanted, fixed(4, [step("u32ToI64", "i64")], "i64"));
  if (fileType.kind === "date" && wanted.kind === "timestamp_ntz")
    return fixed(4, [step("daysToMicros", "i64")], "i64");
  const isReadable = STORED_AS_I32.includes(fileType.kind) && READ_FROM_I32.includes(wanted.kind);
  return isReadable || sameType(fileType, wanted) ? int32As(wanted) : null;
}

function int32As(wanted: DataType): Conversion {
  switch (wanted.kind) {
    case "byte":
      return fixed(4, [step("i32ToI8", "i8")], "i8");
    case "short":
      return fixed(4, [step("i32ToI16", "i16")], "i16");
    case "long":
      return fixed(4, [step("i32ToI64", "i64")], "i64");
    case "double":
      return fixed(4, [step("i32ToF64", "f64")], "f64");
    default:
      return fixed(4, [], "i32");
  }
}

function int64(chunk: ChunkFacts, fileType: DataType, wanted: DataType): Conversion | null {
  if (fileType.kind === "decimal") {
    if (wanted.kind !== "decimal") return null;
    const start =
      fileType.precision > MAX_I64_DIGITS
        ? fixed(8, [step("u64ToV128", "v128")], "v128")
        : fixed(8, [], "i64");
    return decimals(start, fileType, wanted);
  }
  if (fileType.kind === "long" && wanted.kind === "decimal")
    return integersAsDecimals(fixed(8, [], "i64"), LONG_DIGITS, wanted);
  if (chunk.timeUnit !== undefined && wanted.kind === "long") return fixed(8, [], "i64");
  return sameMoment(fileType, wanted) || sameType(fileType, wanted)
    ? fixed(8, timeSteps(chunk), "i64")
    : null;
}

/** Timestamps with and without a zone are stored alike, and Spark reads one as the other. */
function sameMoment(a: DataType, b: DataType): boolean {
  return [a, b].every(({ kind }) => kind === "timestamp" || kind === "timestamp_ntz");
}

function timeSteps(chunk: ChunkFacts): ConversionStep[] {
  switch (chunk.timeUnit) {
    case "MILLIS":
      return [{ kernel: "scaleI64", bytes: 8, factor: 1000n }];
    case "NANOS":
      return [step("nanosToMicros", "i64")];
    default:
      return [];
  }
}

function bytes(chunk: ChunkFacts, fileType: DataType, wanted: DataType): Conversion | null {
  const isFixed = chunk.physical === "FIXED_LEN_BYTE_ARRAY";
  const width = chunk.typeLength;
  if (fileType.kind === "decimal") {
    if (wanted.kind !== "decimal") return null;
    const lane = fileType.precision <= MAX_I64_DIGITS ? "i64" : "v128";
    const size = LANE_BYTES[lane];
    const start: Conversion = isFixed
      ? fixed(
          width,
          [{ kernel: lane === "i64" ? "fixedToI64" : "fixedToV128", bytes: size, width }],
          lane,
        )
      : {
          source: "refs",
          sourceBytes: 0,
          steps: [step(lane === "i64" ? "refsToI64" : "refsToV128", lane)],
          lane,
        };
    return decimals(start, fileType, wanted);
  }
  const isText = (type: DataType) => type.kind === "string" || type.kind === "binary";
  if (!isText(fileType) || !isText(wanted) || (isFixed && wanted.kind === "string")) return null;
  return isFixed
    ? fixed(width, [{ kernel: "fixedToRefs", bytes: LANE_BYTES.ref, width }], "ref")
    : { source: "refs", sourceBytes: 0, steps: [], lane: "ref" };
}

function integersAsDecimals(
  start: Conversion,
  digits: number,
  wanted: DecimalType,
): Conversion | null {
  if (wanted.precision - wanted.scale < digits) return null;
  return rescaled(start, wanted.scale, wanted);
}

function decimals(start: Conversion, from: DecimalType, to: DecimalType): Conversion | null {
  const more = to.scale - from.scale;
  if (more < 0 || to.precision - to.scale < from.precision - from.scale) return null;
  return rescaled(start, more, to);
}

function rescaled(start: Conversion, zeros: number, to: DecimalType): Conversion {
  const steps = [...start.steps];
  let { lane } = start;
  const isLong = to.precision > MAX_I64_DIGITS;
  if (lane === "i32" && (zeros > 0 || isLong)) {
    steps.push(step("i32ToI64", "i64"));
    lane = "i64";
  }
  if (lane === "i64" && isLong) {
    steps.push(step("i64ToV128", "v128"));
    lane = "v128";
  }
  for (let left = zeros; left > 0; left -= MAX_I64_DIGITS) {
    const factor = 10n ** BigInt(Math.min(left, MAX_I64_DIGITS));
    if (lane === "v128") steps.push({ kernel: "scaleV128", bytes: 16, factor });
    else steps.push({ kernel: "scaleI64", bytes: 8, factor });
  }
  return { ...start, steps, lane };
}
