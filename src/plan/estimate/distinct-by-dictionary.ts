import type { ChunkFacts, ColumnFacts } from "../../columnar/file-facts.ts";

const LENGTH_BYTES = 4;
/** Page headers, run headers and the like, beside a thousandth of the pages themselves. */
const OVERHEAD_BYTES = 100;
const OVERHEAD = 1 / 500;
/** A chunk in which more than this of the values differ says nothing of how many do in all chunks. */
const NEARLY_ALL = 0.5;

/**
 * How many values a dictionary-coded column has, by what its chunks take: each entry once, then so many bits a value
 * as number the entries. Infinity where a chunk has no dictionary or hardly any value comes twice.
 * `textBytes` is the length of a typical text. Chunks of a sorted column have different values each.
 */
export function distinctByDictionary(
  facts: readonly ColumnFacts[],
  textBytes: number,
  isSorted: boolean,
): number {
  let largest = 0;
  let sum = 0;
  for (const { chunks } of facts) {
    const [chunk] = chunks;
    if (!chunk || chunks.length > 1) return Number.POSITIVE_INFINITY;
    if (chunk.values === 0) continue;
    if (!chunk.encodings.some((e) => e.endsWith("_DICTIONARY"))) return Number.POSITIVE_INFINITY;
    const distinct = entriesOf(chunk, entryBytes(chunk, textBytes));
    if (distinct > NEARLY_ALL * chunk.values) return Number.POSITIVE_INFINITY;
    largest = Math.max(largest, distinct);
    sum += distinct;
  }
  return largest === 0 ? Number.POSITIVE_INFINITY : isSorted ? sum : largest;
}

/** Between the fewest and the most entries with which a chunk takes about what it does. */
function entriesOf({ uncompressedBytes, values }: ChunkFacts, entry: number): number {
  const slack = OVERHEAD_BYTES + uncompressedBytes * OVERHEAD;
  const most = mostEntries(uncompressedBytes, values, entry);
  const fewest = mostEntries(uncompressedBytes - slack, values, entry);
  return Math.max(1, Math.round((fewest + most) / 2));
}

/** The largest number of entries that fits into so many bytes. */
function mostEntries(bytes: number, values: number, entry: number): number {
  let low = 0;
  let high = values;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const codeBytes = (values * Math.ceil(Math.log2(middle))) / 8;
    if (middle * entry + codeBytes <= bytes) low = middle;
    else high = middle - 1;
  }
  return low;
}

function entryBytes({ physical, typeLength }: ChunkFacts, textBytes: number): number {
  switch (physical) {
    case "INT32":
    case "FLOAT":
      return 4;
    case "BYTE_ARRAY":
      return LENGTH_BYTES + textBytes;
    case "FIXED_LEN_BYTE_ARRAY":
      return typeLength;
    default:
      return 8;
  }
}
