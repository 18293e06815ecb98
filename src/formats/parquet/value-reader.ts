import { zoneHistory } from "../../columnar/datetime/hybrid-calendar.ts";
import type { Arena } from "../../columnar/linear-memory.ts";
import { LANE_BYTES } from "../../columnar/vector.ts";
import type { DecoderKernels } from "../../wasm/decoder-kernels.ts";
import type { Conversion, ConversionStep } from "./conversion.ts";
import { OversizedChunk } from "./oversized-chunk.ts";
import type { PageBytes } from "./page-decompressor.ts";
import { ancientDatetime } from "./parquet-errors.ts";

/** The values of a page, between its levels and its end. `count` of them are not null. */
export interface PageValues extends PageBytes {
  readonly count: number;
}

/** Parquet's numbers of encodings. */
export const ENCODING = {
  plain: 0,
  plainDictionary: 2,
  rle: 3,
  deltaBinaryPacked: 5,
  deltaLengthByteArray: 6,
  deltaByteArray: 7,
  rleDictionary: 8,
  byteStreamSplit: 9,
} as const;

/** Of a PLAIN byte array. */
const LENGTH_BYTES = 4;
const MAX_JOINED_BYTES = 2 ** 31;

/** Reads the values of one chunk's pages, dense, in the lane of its conversion. */
export class ValueReader {
  private readonly kernels: DecoderKernels;
  private readonly scratch: Arena;
  private readonly arena: Arena;
  private readonly conversion: Conversion;
  private readonly fail: (reason: string) => never;

  /** `scratch` may be reset when a chunk is done; what refs point to is in `arena`. */
  constructor(
    kernels: DecoderKernels,
    scratch: Arena,
    arena: Arena,
    conversion: Conversion,
    fail: (reason: string) => never,
  ) {
    this.kernels = kernels;
    this.scratch = scratch;
    this.arena = arena;
    this.conversion = conversion;
    this.fail = fail;
  }

  read(encoding: number, values: PageValues, target: number): void {
    switch (encoding) {
      case ENCODING.plain:
        this.plain(values, target);
        break;
      case ENCODING.rle:
        this.runLengths(values, target);
        break;
      case ENCODING.deltaBinaryPacked:
        this.deltas(values, target);
        break;
      case ENCODING.deltaLengthByteArray:
        this.deltaLengths(values, target);
        break;
      case ENCODING.deltaByteArray:
        this.deltaBytes(values, target);
        break;
      case ENCODING.byteStreamSplit:
        this.splitBytes(values, target);
        break;
      default:
        this.fail(`a page has the unknown encoding ${encoding}`);
    }
  }

  plain({ start, end, count }: PageValues, target: number): void {
    const { source, sourceBytes } = this.conversion;
    if (source === "bits") {
      this.checkFits(Math.ceil(count / 8), { start, end });
      this.kernels.unpackBits(start, count, target);
    } else if (source === "fixed") {
      this.checkFits(count * sourceBytes, { start, end });
      this.convert(start, count, target);
    } else {
      this.checkFits(count * LENGTH_BYTES, { start, end });
      this.fromRefs(count, target, (refs) => {
        if (this.kernels.plainToRefs(start, end, count, refs) === 0)
          this.fail("the lengths of a page's byte arrays are more than the page");
      });
    }
  }

  checkFits(sizeBytes: number, { start, end }: PageBytes): void {
    if (sizeBytes > end - start)
      this.fail(`a page has ${end - start} bytes where its values need ${sizeBytes}`);
  }

  private runLengths({ start, end, count }: PageValues, target: number): void {
    if (this.conversion.source !== "bits")
      this.fail("a page that is not of booleans has run lengths");
    if (count === 0) return;
    this.checkFits(LENGTH_BYTES, { start, end });
    if (this.kernels.hybrid8(start + LENGTH_BYTES, end, 1, count, target, 2) === 0)
      this.fail("a page of booleans is corrupt");
  }

  private deltas({ start, end, count }: PageValues, target: number): void {
    const { source, sourceBytes, steps } = this.conversion;
    if (source !== "fixed" || (sourceBytes !== 4 && sourceBytes !== 8))
      this.fail("a page that is not of integers has deltas");
    const direct = steps.length === 0;
    const integers = direct ? target : this.scratch.allocate(count * sourceBytes);
    this.integers({ start, end, count }, integers, sourceBytes);
    if (!direct) this.convert(integers, count, target);
  }

  private deltaLengths({ start, end, count }: PageValues, target: number): void {
    if (this.conversion.source !== "refs")
      this.fail("a page that is not of byte arrays has their encoding");
    const lengths = this.scratch.allocate(count * 4);
    const bytes = this.integers({ start, end, count }, lengths, 4);
    this.fromRefs(count, target, (refs) => {
      if (this.kernels.lengthsToRefs(bytes, end, count, lengths, refs) === 0)
        this.fail("the lengths of a page's byte arrays are more than the page");
    });
  }

  private deltaBytes({ start, end, count }: PageValues, target: number): void {
    const { source, sourceBytes } = this.conversion;
    if (source === "bits") this.fail("a page of booleans has an encoding of byte arrays");
    const prefixes = this.scratch.allocate(count * 4);
    const suffixes = this.scratch.allocate(count * 4);
    const afterPrefixes = this.integers({ start, end, count }, prefixes, 4);
    const bytes = this.integers({ start: afterPrefixes, end, count }, suffixes, 4);
    const sizeBytes = this.kernels.prefixedBytes(prefixes, suffixes, count, sourceBytes);
    if (sizeBytes < 0) this.fail("the prefixes of a page's byte arrays are corrupt");
    if (sizeBytes > MAX_JOINED_BYTES) {
      if (this.sum(suffixes, count) > end - bytes)
        this.fail("the suffixes of a page's byte arrays are more than the page");
      throw new OversizedChunk(sizeBytes);
    }
    const joined = this.kept(sizeBytes);
    const join = (refs: number): void => {
      const { kernels } = this;
      if (kernels.joinPrefixed(bytes, end, count, prefixes, suffixes, joined, refs) === 0)
        this.fail("the suffixes of a page's byte arrays are more than the page");
    };
    if (source === "refs") {
      this.fromRefs(count, target, join);
      return;
    }
    join(this.scratch.allocate(count * LANE_BYTES.ref));
    this.convert(joined, count, target);
  }

  private sum(lengths: number, count: number): number {
    const view = this.scratch.owner.view();
    let sum = 0;
    for (let i = 0; i < count; i++) sum += view.getUint32(lengths + i * 4, true);
    return sum;
  }

  private splitBytes({ start, end, count }: PageValues, target: number): void {
    const { source, sourceBytes, steps } = this.conversion;
    if (source !== "fixed") this.fail("a page has split streams of values without a fixed size");
    this.checkFits(count * sourceBytes, { start, end });
    const direct = steps.length === 0;
    const values = direct ? target : this.kept(count * sourceBytes);
    this.kernels.unsplitBytes(start, count, values, sourceBytes);
    if (!direct) this.convert(values, count, target);
  }

  /** Where the refs go that `write` writes: to the target, or through the conversion. */
  private fromRefs(count: number, target: number, write: (refs: number) => void): void {
    const direct = this.conversion.steps.length === 0;
    const refs = direct ? target : this.scratch.allocate(count * LANE_BYTES.ref);
    write(refs);
    if (!direct) this.convert(refs, count, target);
  }

  /** The end of what was read. */
  private integers({ start, end, count }: PageValues, target: number, bytes: number): number {
    if (count === 0) return start;
    const read = this.kernels.deltaIntegers(start, end, count, target, bytes);
    return read === 0 ? this.fail("the deltas of a page are corrupt") : read;
  }

  /** Room for bytes that the vector's refs point to, or that are soon converted. */
  private kept(sizeBytes: number): number {
    return (this.conversion.lane === "ref" ? this.arena : this.scratch).allocate(sizeBytes);
  }

  /** Runs the conversion's steps, in the scratch memory between them. */
  private convert(start: number, count: number, target: number): void {
    const { sourceBytes, steps } = this.conversion;
    if (steps.length === 0) {
      this.scratch.owner.u8().copyWithin(target, start, start + count * sourceBytes);
      return;
    }
    let from = start;
    steps.forEach((step, i) => {
      const to = i === steps.length - 1 ? target : this.scratch.allocate(count * step.bytes);
      if (this.step(step, from, count, to) === 0) this.refuse(step);
      from = to;
    });
  }

  private step(step: ConversionStep, from: number, count: number, to: number): number | undefined {
    switch (step.kernel) {
      case "scaleI64":
      case "scaleV128":
        return this.kernels[step.kernel](from, count, to, step.factor);
      case "fixedToI64":
      case "fixedToV128":
      case "fixedToRefs":
        return this.kernels[step.kernel](from, count, to, step.width);
      case "padRefs":
        this.padRefs(from, count, to, step.length);
        return undefined;
      case "rebaseMicros":
        return this.kernels.rebaseMicros(from, count, to, this.zoneTable(step.timeZone));
      default:
        return this.kernels[step.kernel](from, count, to);
    }
  }

  private padRefs(from: number, count: number, to: number, length: number): void {
    const sizeBytes = this.kernels.paddedBytes(from, count, length);
    if (sizeBytes > MAX_JOINED_BYTES) throw new OversizedChunk(sizeBytes);
    this.kernels.padRefs(from, count, to, length, this.arena.allocate(sizeBytes));
  }

  private refuse(step: ConversionStep): never {
    if (step.kernel === "modernDays" || step.kernel === "modernMicros")
      throw ancientDatetime(step.setting);
    return this.fail("a value is too large for the column's type");
  }

  /** The history of a zone as `rebaseMicros` wants it. */
  private zoneTable(timeZone: string): number {
    const { standard, first, changes } = zoneHistory(timeZone);
    const numbers = [standard, BigInt(changes.length), first];
    for (const { local, offset } of changes) numbers.push(local, offset);
    const at = this.scratch.allocate(numbers.length * 8);
    const view = this.scratch.owner.view();
    numbers.forEach((number, i) => {
      view.setBigInt64(at + i * 8, number, true);
    });
    return at;
  }
}
