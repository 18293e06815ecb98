import type { ChunkFacts } from "../../columnar/file-facts.ts";
import type { Arena } from "../../columnar/linear-memory.ts";
import type { DecoderKernels } from "../../wasm/decoder-kernels.ts";

/** A page of a chunk; addresses in the linear memory. Its body is still compressed. */
export interface Page {
  readonly version: 1 | 2;
  readonly isDictionary: boolean;
  readonly body: number;
  readonly bodyEnd: number;
  readonly rawBytes: number;
  readonly values: number;
  readonly encoding: number;
  readonly definitionBytes: number;
  readonly repetitionBytes: number;
  readonly isCompressed: boolean;
  readonly definitionEncoding: number;
}

const ENTRY_BYTES = 48;
const USUAL_PAGES = 512;
const DICTIONARY_PAGE = 2;
const DATA_PAGE_V2 = 3;

const WRONG: { readonly [code: number]: string } = {
  [-1]: "a page header is broken",
  [-2]: "a page is longer than the chunk",
  [-3]: "its pages have more values than the footer says",
  [-4]: "its pages have fewer values than the footer says",
  [-5]: "a dictionary comes after data",
};

/** The pages of the chunk that lies at `address`, checked against what the footer says of it. */
export function readPageTable(
  kernels: DecoderKernels,
  scratch: Arena,
  chunk: ChunkFacts,
  address: number,
  fail: (reason: string) => never,
): Page[] {
  const end = address + chunk.sizeBytes;
  let capacity = USUAL_PAGES;
  for (;;) {
    const table = scratch.allocate(capacity * ENTRY_BYTES);
    const count = kernels.scanPages(address, end, chunk.values, table, capacity);
    if (count < 0) fail(WRONG[count] ?? "its pages cannot be read");
    if (count <= capacity) return readEntries(scratch, table, count);
    capacity = count;
  }
}

function readEntries(scratch: Arena, table: number, count: number): Page[] {
  const view = scratch.owner.view();
  const pages: Page[] = [];
  for (let at = table; at < table + count * ENTRY_BYTES; at += ENTRY_BYTES) {
    const type = view.getUint32(at, true);
    pages.push({
      version: type === DATA_PAGE_V2 ? 2 : 1,
      isDictionary: type === DICTIONARY_PAGE,
      body: view.getUint32(at + 4, true),
      bodyEnd: view.getUint32(at + 8, true),
      rawBytes: view.getUint32(at + 12, true),
      values: view.getUint32(at + 16, true),
      encoding: view.getUint32(at + 20, true),
      definitionBytes: view.getUint32(at + 24, true),
      repetitionBytes: view.getUint32(at + 28, true),
      isCompressed: view.getUint32(at + 32, true) !== 0,
      definitionEncoding: view.getUint32(at + 36, true),
    });
  }
  return pages;
}
