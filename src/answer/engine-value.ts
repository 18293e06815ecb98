/**
 * A value inside the engine, as `RowFunction` says: dates are days, timestamps and day-time intervals microseconds,
 * decimals unscaled bigints, maps arrays of pairs, structs arrays by position.
 */
export type EngineValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly EngineValue[];
