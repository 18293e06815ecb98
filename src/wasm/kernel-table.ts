import type { FunctionType } from "./module-builder.ts";

const type = (params: FunctionType["params"], results: FunctionType["results"]): FunctionType => ({
  params,
  results,
});

/**
 * The static kernels that emitted code may call: functions of `kernels/` (AssemblyScript), imported as `kernel.NAME`.
 * A `ref` is an i64: address in the low 32 bits, length in bytes in the high 32.
 */
export const KERNELS = {
  /** Two refs with equal bytes → 1. */
  refEquals: type(["i64", "i64"], ["i32"]),
  /** Bytes as unsigned numbers: negative, 0, positive. */
  refCompare: type(["i64", "i64"], ["i32"]),
  refHash: type(["i64"], ["i32"]),
  /** Refs of sort keys: negative, 0, positive. */
  keyCompare: type(["i64", "i64"], ["i32"]),
  /** Address, value. */
  writeBigEndian: type(["i32", "i64"], []),
  /** Address, ref, byte to xor with → the address behind. */
  writeSortText: type(["i32", "i64", "i32"], ["i32"]),
  /** Address, ref of a nested value, its shape, byte to xor with → the address behind. */
  writeSortNested: type(["i32", "i64", "i32", "i32"], ["i32"]),
  /** Ref of a nested value, its shape → 1 where it holds a -0.0. */
  nestedNegativeZero: type(["i64", "i32"], ["i32"]),
  /** Target address, ref of a nested value, its shape → the ref of a copy without -0.0. */
  nestedNormalize: type(["i32", "i64", "i32"], ["i64"]),
  mul128: type(["v128", "v128"], ["v128"]),
  /** a · b, without its last digits (rounded half up): how many to drop, how many the result may have. The lowest value: overflow. */
  decimalMultiply: type(["v128", "v128", "i32", "i32"], ["v128"]),
  /** a · 10^up without its last `drop` digits: up, drop, digits the result may have. The lowest value: overflow. */
  decimalRescale: type(["v128", "i32", "i32", "i32"], ["v128"]),
  /** a · 10^up + b · 10^up without its last digits: a, up, b, up, drop, digits. The lowest value: overflow. */
  decimalAdd: type(["v128", "i32", "v128", "i32", "i32", "i32"], ["v128"]),
  /** a · 10^up / b rounded half up: a, b, up, digits. b is not 0. The lowest value: overflow. */
  decimalDivide: type(["v128", "v128", "i32", "i32"], ["v128"]),
  /** The nearest double of an unscaled value and its scale. */
  decimalToDouble: type(["v128", "i32"], ["f64"]),
  stringIsAscii: type(["i64"], ["i32"]),
  stringIsWellFormed: type(["i64"], ["i32"]),
  /** ref, target address (three times the bytes), 1 for Java's way → the text with U+FFFD for what is no UTF-8. */
  stringRepair: type(["i64", "i32", "i32"], ["i64"]),
  /** Code points. */
  stringLength: type(["i64"], ["i32"]),
  /** ref, position (from 1, or negative from the end), length. */
  stringSubstring: type(["i64", "i32", "i32"], ["i64"]),
  bytesSubstring: type(["i64", "i32", "i32"], ["i64"]),
  stringRight: type(["i64", "i32"], ["i64"]),
  stringStartsWith: type(["i64", "i64"], ["i32"]),
  stringEndsWith: type(["i64", "i64"], ["i32"]),
  stringContains: type(["i64", "i64"], ["i32"]),
  /** ref, what to find, from which character (from 1) → its place from 1, or 0. */
  stringLocate: type(["i64", "i64", "i32"], ["i32"]),
  /** ref, address of a program (see the kernel). */
  likeParts: type(["i64", "i32"], ["i32"]),
  /** ref, pattern (see the kernel). */
  likePattern: type(["i64", "i64"], ["i32"]),
  /** ref, sides (1 start, 2 end). */
  stringTrim: type(["i64", "i32"], ["i64"]),
  stringTrimCharacters: type(["i64", "i64", "i32"], ["i64"]),
  /** Target address, ref → the address behind the copy. */
  stringAppend: type(["i32", "i64"], ["i32"]),
  /** ref, target address, 1 for upper. */
  asciiCase: type(["i64", "i32", "i32"], ["i64"]),
  /** ref, target address, table (see the kernel), 1 for lower. */
  stringCase: type(["i64", "i32", "i32", "i32"], ["i64"]),
  dayOfCivil: type(["i32", "i32", "i32"], ["i32"]),
  exactDayOfCivil: type(["i32", "i32", "i32"], ["i64"]),
  isCivil: type(["i32", "i32", "i32"], ["i32"]),
  yearOfDay: type(["i32"], ["i32"]),
  monthOfDay: type(["i32"], ["i32"]),
  dayOfMonth: type(["i32"], ["i32"]),
  quarterOfDay: type(["i32"], ["i32"]),
  dayOfYear: type(["i32"], ["i32"]),
  weekday: type(["i32"], ["i32"]),
  weekOfDay: type(["i32"], ["i32"]),
  weekYearOfDay: type(["i32"], ["i32"]),
  /** Days, months → days, which may be beyond the range of dates. */
  addMonths: type(["i32", "i32"], ["i64"]),
  lastDayOfMonth: type(["i32"], ["i32"]),
  /** Days, unit (see the kernel). */
  truncateDay: type(["i32", "i32"], ["i32"]),
  /** Days, day of the week (0 = Monday). */
  nextWeekday: type(["i32", "i32"], ["i32"]),
  floorDivide: type(["i64", "i64"], ["i64"]),
} as const satisfies Record<string, FunctionType>;

/** A kernel that generated code may call. */
export type KernelName = keyof typeof KERNELS;
