/** The kernels of the Parquet decoder; addresses and counts unless said. What each promises stands at its source. */
export interface DecoderKernels {
  initDecoder(tables: number): void;
  scanPages(src: number, end: number, values: number, table: number, capacity: number): number;
  snappyDecompress(
    source: number,
    end: number,
    target: number,
    sizeBytes: number,
    inPlace: number,
  ): number;
  /** 0 where the block is corrupt. */
  lz4Decompress(source: number, end: number, target: number, sizeBytes: number): number;
  deltaIntegers(src: number, end: number, count: number, dst: number, width: number): number;
  lengthsToRefs(src: number, end: number, count: number, lengths: number, dst: number): number;
  prefixedBytes(prefixes: number, suffixes: number, count: number, width: number): number;
  joinPrefixed(
    src: number,
    end: number,
    count: number,
    prefixes: number,
    suffixes: number,
    bytes: number,
    dst: number,
  ): number;
  unsplitBytes(src: number, count: number, dst: number, width: number): void;
  hybrid8: HybridKernel;
  hybrid16: HybridKernel;
  hybrid32: HybridKernel;
  unpackBits(src: number, count: number, dst: number): void;
  countOnes(at: number, count: number): number;
  plainToRefs(src: number, end: number, count: number, dst: number): number;
  gather1: SpreadKernel;
  gather2: SpreadKernel;
  gather4: SpreadKernel;
  gather8: SpreadKernel;
  gather16: SpreadKernel;
  expand1: ExpandKernel;
  expand2: ExpandKernel;
  expand4: ExpandKernel;
  expand8: ExpandKernel;
  expand16: ExpandKernel;
  i32ToI8: ConvertKernel;
  i32ToI16: ConvertKernel;
  i32ToI64: ConvertKernel;
  u32ToI64: ConvertKernel;
  i32ToF64: ConvertKernel;
  f32ToF64: ConvertKernel;
  i64ToV128: ConvertKernel;
  u64ToV128: ConvertKernel;
  scaleI64: ConvertKernel<bigint>;
  scaleV128: ConvertKernel<bigint>;
  nanosToMicros: ConvertKernel;
  daysToMicros: ConvertKernel;
  int96ToMicros: ConvertKernel;
  paddedBytes(refs: number, count: number, length: number): number;
  padRefs(src: number, count: number, dst: number, length: number, bytes: number): void;
  rebaseDays: ConvertKernel;
  rebaseMicros: ConvertKernel<number>;
  modernDays: ConvertKernel;
  modernMicros: ConvertKernel;
  refsToI64: ConvertKernel;
  refsToV128: ConvertKernel;
  fixedToI64: ConvertKernel<number>;
  fixedToV128: ConvertKernel<number>;
  fixedToRefs: ConvertKernel<number>;
}

/** The end of what was read, 0 where the input is corrupt. */
export type HybridKernel = (
  src: number,
  end: number,
  width: number,
  count: number,
  dst: number,
  limit: number,
) => number;

/** Writes the dictionary's value of each code. */
export type SpreadKernel = (codes: number, count: number, dictionary: number, out: number) => void;
/** Spreads values that lie side by side over the rows that are not null. */
export type ExpandKernel = (dense: number, valid: number, rows: number, out: number) => void;

/** 0 where a value did not fit. Those that cannot fail give nothing. */
export type ConvertKernel<Parameter = undefined> = (
  src: number,
  count: number,
  dst: number,
  ...parameter: Parameter extends undefined ? [] : [Parameter]
) => number | undefined;
