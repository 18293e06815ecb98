/** What a hash table spends on a row besides its columns: hash, chain, slot. */
const ENTRY_BYTES = 24;

/** Bytes that a hash table of so many rows and bytes takes: the measure by which the side to build is chosen. */
export function buildBytes(rows: number, bytes: number): number {
  return bytes + rows * ENTRY_BYTES;
}
