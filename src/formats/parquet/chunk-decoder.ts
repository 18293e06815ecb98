import type { DataType } from "../../columnar/data-type.ts";
import type { ChunkFacts } from "../../columnar/file-facts.ts";
import type { Arena, LinearMemory } from "../../columnar/linear-memory.ts";
import { LANE_BYTES, type Vector } from "../../columnar/vector.ts";
import type { DecoderKernels } from "../../wasm/decoder-kernels.ts";
import type { Conversion } from "./conversion.ts";
import { type PageBytes, PageDecompressor, type Room } from "./page-decompressor.ts";
import { type Page, readPageTable } from "./page-table.ts";
import { ENCODING, type PageValues, ValueReader } from "./value-reader.ts";

/** The bytes of one dictionary code. */
export type CodeBytes = 1 | 2 | 4;

/** A chunk in memory and what is wanted of it. */
export interface ChunkTask {
  readonly chunk: ChunkFacts;
  /** Where its bytes lie; they must live as long as the vector. */
  readonly address: number;
  readonly rows: number;
  readonly type: DataType;
  readonly conversion: Conversion;
  readonly leastCodeBytes: CodeBytes;
  /** Throws the error for a broken chunk. */
  readonly fail: (reason: string) => never;
}

interface Dictionary {
  readonly values: number;
  readonly size: number;
}

/** Decompression may write so far behind a vector, beyond what every allocation has to spare. */
const OVERRUN_BYTES = 32;
const CODES: { readonly [bytes in CodeBytes]: "hybrid8" | "hybrid16" | "hybrid32" } = {
  1: "hybrid8",
  2: "hybrid16",
  4: "hybrid32",
};
const GATHER = {
  1: "gather1",
  2: "gather2",
  4: "gather4",
  8: "gather8",
  16: "gather16",
} as const;
const EXPAND = {
  1: "expand1",
  2: "expand2",
  4: "expand4",
  8: "expand8",
  16: "expand16",
} as const;

/** Decodes the column chunks of flat columns into vectors: codes where all pages have codes, else flat values. */
export class ChunkDecoder {
  private readonly kernels: DecoderKernels;
  private readonly scratch: Arena;

  constructor(memory: LinearMemory, kernels: DecoderKernels) {
    this.kernels = kernels;
    this.scratch = memory.arena();
  }

  /** The vector lives in `arena` and in the chunk's own bytes. */
  decode(task: ChunkTask, arena: Arena): Vector {
    try {
      return new ChunkRun(this.kernels, this.scratch, arena, task).decode();
    } finally {
      this.scratch.reset();
    }
  }
}

class ChunkRun {
  private readonly kernels: DecoderKernels;
  private readonly scratch: Arena;
  private readonly arena: Arena;
  private readonly task: ChunkTask;
  private readonly laneBytes: 1 | 2 | 4 | 8 | 16;
  private readonly validity: number;
  private readonly pages: PageDecompressor;
  private readonly values: ValueReader;
  private buffer = 0;
  private bufferBytes = 0;
  private nulls = 0;

  constructor(kernels: DecoderKernels, scratch: Arena, arena: Arena, task: ChunkTask) {
    this.kernels = kernels;
    this.scratch = scratch;
    this.arena = arena;
    this.task = task;
    this.laneBytes = LANE_BYTES[task.conversion.lane] as 1 | 2 | 4 | 8 | 16;
    const { chunk, conversion, fail } = task;
    this.pages = new PageDecompressor(arena.owner, kernels, chunk.codec, fail);
    this.values = new ValueReader(kernels, scratch, arena, conversion, fail);
    this.validity = task.chunk.maxDefinitionLevel > 0 ? arena.allocate(task.rows) : 0;
  }

  decode(): Vector {
    const { chunk, address, fail } = this.task;
    const pages = readPageTable(this.kernels, this.scratch, chunk, address, fail);
    const [first] = pages;
    const dictionary = first?.isDictionary ? this.dictionary(first) : null;
    const data = dictionary === null ? pages : pages.slice(1);
    return dictionary !== null && data.every(hasCodes)
      ? this.codes(data, dictionary)
      : this.flat(data, dictionary);
  }

  private codes(pages: readonly Page[], dictionary: Dictionary): Vector {
    const codeBytes = codeBytesFor(dictionary.size, this.task.leastCodeBytes);
    const codes = this.arena.allocate(this.task.rows * codeBytes);
    let row = 0;
    for (const page of pages) {
      const values = this.pageValues(page, row, this.pageBuffer);
      const target = codes + row * codeBytes;
      const isSparse = values.count < page.values;
      const dense = isSparse ? this.scratch.allocate(values.count * codeBytes) : target;
      this.readCodes(values, codeBytes, dense, dictionary.size);
      if (isSparse)
        this.kernels[EXPAND[codeBytes]](dense, this.validity + row, page.values, target);
      row += page.values;
    }
    return {
      type: this.task.type,
      lane: this.task.conversion.lane,
      values: dictionary.values,
      validity: this.nulls > 0 ? this.validity : 0,
      codes,
      codeBytes,
      dictionarySize: dictionary.size,
    };
  }

  private flat(pages: readonly Page[], dictionary: Dictionary | null): Vector {
    const { rows, type, conversion } = this.task;
    const out = this.arena.allocate(rows * this.laneBytes + OVERRUN_BYTES);
    let row = 0;
    for (const page of pages) {
      const target = out + row * this.laneBytes;
      if (!this.plainInto(page, target)) this.flatPage(page, row, target, dictionary);
      row += page.values;
    }
    return {
      type,
      lane: conversion.lane,
      values: out,
      validity: this.nulls > 0 ? this.validity : 0,
      codes: 0,
      codeBytes: 0,
      dictionarySize: 0,
    };
  }

  private flatPage(page: Page, row: number, target: number, dictionary: Dictionary | null): void {
    const isKept = this.task.conversion.lane === "ref";
    const values = this.pageValues(page, row, isKept ? this.arenaBuffer : this.pageBuffer);
    const isSparse = values.count < page.values;
    const dense = isSparse ? this.scratch.allocate(values.count * this.laneBytes + 16) : target;
    if (hasCodes(page)) this.gather(values, dense, dictionary);
    else this.values.read(page.encoding, values, dense);
    if (isSparse)
      this.kernels[EXPAND[this.laneBytes]](dense, this.validity + row, page.values, target);
  }

  /** Decompresses a page of plain values without nulls right where they belong. False where the page is no such one. */
  private plainInto(page: Page, target: number): boolean {
    const { conversion } = this.task;
    if (page.encoding !== ENCODING.plain || !isStoredAsIs(conversion)) return false;
    const levels = page.version === 2 ? page.definitionBytes + page.repetitionBytes : 0;
    const sizeBytes = page.values * conversion.sourceBytes;
    if (this.validity !== 0 || levels > 0 || page.rawBytes !== sizeBytes) return false;
    const { start } = this.pages.decompress(page, () => target, false);
    if (start !== target) this.arena.owner.u8().copyWithin(target, start, start + sizeBytes);
    return true;
  }

  private dictionary(page: Page): Dictionary {
    const { conversion, fail } = this.task;
    if (page.encoding !== ENCODING.plain && page.encoding !== ENCODING.plainDictionary)
      fail(`its dictionary has the encoding ${page.encoding}`);
    if (conversion.source === "bits") fail("a dictionary of booleans");
    const raw = this.pages.decompress(page, this.arenaBuffer, true);
    if (isStoredAsIs(conversion)) {
      this.values.checkFits(page.values * conversion.sourceBytes, raw);
      return { values: raw.start, size: page.values };
    }
    this.values.checkFits(page.values, raw);
    const values = this.arena.allocate(page.values * this.laneBytes);
    this.values.plain({ ...raw, count: page.values }, values);
    return { values, size: page.values };
  }

  /** Decompresses a data page, reads its definition levels into the validity and says where the values are. */
  private pageValues(page: Page, row: number, target: Room): PageValues {
    const { fail } = this.task;
    const raw = this.pages.decompress(page, target, true);
    if (this.validity === 0) return { ...raw, count: page.values };
    const [start, end, next] = this.levelBytes(page, raw);
    const valid = this.validity + row;
    if (this.kernels.hybrid8(start, end, 1, page.values, valid, 2) === 0)
      fail("the definition levels of a page are corrupt");
    const count = this.kernels.countOnes(valid, page.values);
    this.nulls += page.values - count;
    return { start: next, end: raw.end, count };
  }

  /** Where the definition levels start and end, and where the values start. */
  private levelBytes(page: Page, raw: PageBytes): readonly [number, number, number] {
    if (page.version === 2) {
      const start = page.body + page.repetitionBytes;
      return [start, start + page.definitionBytes, raw.start];
    }
    if (page.definitionEncoding !== ENCODING.rle)
      this.task.fail(`its definition levels have the encoding ${page.definitionEncoding}`);
    this.values.checkFits(4, raw);
    const start = raw.start + 4;
    const end = start + this.arena.owner.view().getUint32(raw.start, true);
    if (end > raw.end) this.task.fail("the definition levels of a page are longer than the page");
    return [start, end, end];
  }

  private readCodes(
    { start, end, count }: PageValues,
    codeBytes: CodeBytes,
    target: number,
    limit: number,
  ): void {
    if (count === 0) return;
    if (start >= end) this.task.fail("a page of codes is empty");
    const width = this.arena.owner.u8()[start] ?? 0;
    const read = this.kernels[CODES[codeBytes]](start + 1, end, width, count, target, limit);
    if (read === 0) this.task.fail("a page has broken codes, or one that its dictionary lacks");
  }

  private gather(values: PageValues, target: number, dictionary: Dictionary | null): void {
    if (dictionary === null) {
      this.task.fail("a page has codes, but there is no dictionary");
      return;
    }
    const codes = this.scratch.allocate(values.count * 4);
    this.readCodes(values, 4, codes, dictionary.size);
    this.kernels[GATHER[this.laneBytes]](codes, values.count, dictionary.values, target);
  }

  /** Room in the scratch memory that the next page may overwrite. */
  private readonly pageBuffer = (sizeBytes: number): number => {
    if (sizeBytes > this.bufferBytes) {
      this.buffer = this.scratch.allocate(sizeBytes);
      this.bufferBytes = sizeBytes;
    }
    return this.buffer;
  };

  private readonly arenaBuffer = (sizeBytes: number): number => this.arena.allocate(sizeBytes);
}

function hasCodes({ encoding }: Page): boolean {
  return encoding === ENCODING.rleDictionary || encoding === ENCODING.plainDictionary;
}

function isStoredAsIs({ source, steps }: Conversion): boolean {
  return source === "fixed" && steps.length === 0;
}

function codeBytesFor(dictionarySize: number, least: CodeBytes): CodeBytes {
  if (dictionarySize > 65536) return 4;
  if (dictionarySize > 256) return least === 4 ? 4 : 2;
  return least;
}
