/** Bytes of one entry of the page table, twelve u32; see `scanPages`. */
const ENTRY: usize = 48;
const MAX_DEPTH: u32 = 16;

const BAD_HEADER: i32 = -1;
const OUTSIDE: i32 = -2;
const TOO_MANY: i32 = -3;
const TOO_FEW: i32 = -4;
const LATE_DICTIONARY: i32 = -5;

let at: usize = 0;
let limit: usize = 0;
let broken: bool = false;
let entry: usize = 0;

/**
 * Lists the pages of the chunk from `src` to `end` until they have `values` values. An entry is: 0 type (0 data, 2
 * dictionary, 3 data v2), 4 body, 8 its end, 12 raw bytes, 16 values, 20 encoding, 24 bytes of definition levels, 28 of
 * repetition levels, 32 whether v2 values are compressed, 36 encoding of the definition levels. Entries behind
 * `capacity` are counted but not written. Returns their number, or what is wrong: -1 a header is broken, -2 a page
 * ends outside the chunk, -3 too many values, -4 too few, -5 a dictionary that is not first.
 */
export function scanPages(
  src: usize,
  end: usize,
  values: u32,
  table: usize,
  capacity: u32,
): i32 {
  let pages: u32 = 0;
  let left = values;
  at = src;
  limit = end;
  entry = table;
  while (left) {
    if (at >= end) return TOO_FEW;
    memory.fill(entry, 0, ENTRY);
    store<u32>(entry, 9);
    store<u32>(entry, 1, 32);
    broken = false;
    pageStruct(0, 0);
    if (broken) return BAD_HEADER;
    const compressed = load<u32>(entry, 8);
    if (<u64>compressed > <u64>(end - at)) return OUTSIDE;
    const type = load<u32>(entry);
    if (type == 0 || type == 3) {
      const count = load<u32>(entry, 16);
      if (count > left) return TOO_MANY;
      const levels = <u64>load<u32>(entry, 24) + load<u32>(entry, 28);
      if (levels > <u64>compressed || levels > <u64>load<u32>(entry, 12)) return OUTSIDE;
      left -= count;
    } else if (type == 2 && pages) return LATE_DICTIONARY;
    store<u32>(entry, <u32>at, 4);
    at += compressed;
    store<u32>(entry, <u32>at, 8);
    if (type == 1) continue;
    if (type > 3) return BAD_HEADER;
    pages++;
    if (pages < capacity) entry += ENTRY;
  }
  return <i32>pages;
}

/** `kind`: 0 the page header, 5, 7 and 8 its parts for data, dictionary and data v2, 99 anything else. */
function pageStruct(kind: u32, depth: u32): void {
  if (depth > MAX_DEPTH) broken = true;
  let id: u32 = 0;
  while (!broken) {
    const head = byte();
    if (!head) return;
    id = head >> 4 ? id + (head >> 4) : signed();
    const type = head & 15;
    if (type == 12) pageStruct(!kind && (id == 5 || id == 7 || id == 8) ? id : 99, depth + 1);
    else if (type >= 4 && type <= 6) integerField(kind, id, signed());
    else if (type <= 2) {
      if (kind == 8 && id == 7) store<u32>(entry, type == 1 ? 1 : 0, 32);
    } else skip(type, depth);
  }
}

function integerField(kind: u32, id: u32, value: u32): void {
  if (kind == 0) {
    if (id == 1) store<u32>(entry, value);
    else if (id == 2) store<u32>(entry, value, 12);
    else if (id == 3) store<u32>(entry, value, 8);
  } else if (kind == 5 || kind == 7) {
    if (id == 1) store<u32>(entry, value, 16);
    else if (id == 2) store<u32>(entry, value, 20);
    else if (id == 3) store<u32>(entry, value, 36);
  } else if (kind == 8) {
    if (id == 1) store<u32>(entry, value, 16);
    else if (id == 4) store<u32>(entry, value, 20);
    else if (id == 5) store<u32>(entry, value, 24);
    else if (id == 6) store<u32>(entry, value, 28);
  }
}

function skip(type: u32, depth: u32): void {
  if (type == 3) byte();
  else if (type == 7) skipBytes(8);
  else if (type == 8) skipBytes(unsigned());
  else if (type == 9 || type == 10) skipList(depth + 1);
  else broken = true;
}

function skipList(depth: u32): void {
  if (depth > MAX_DEPTH) broken = true;
  const head = byte();
  const type = head & 15;
  const size = head >> 4 == 15 ? unsigned() : head >> 4;
  for (let i: u32 = 0; i < size && !broken; i++) {
    if (type == 12) pageStruct(99, depth + 1);
    else if (type <= 2) byte();
    else if (type >= 4 && type <= 6) signed();
    else skip(type, depth);
  }
}

function skipBytes(count: u32): void {
  if (<u64>count > <u64>(limit - at)) broken = true;
  else at += count;
}

function signed(): u32 {
  const value = unsigned();
  return (value >> 1) ^ (0 - (value & 1));
}

/** The low 32 bits: what is longer in a page header is skipped anyway. */
function unsigned(): u32 {
  let value: u64 = 0;
  for (let shift: u64 = 0; shift < 70 && !broken; shift += 7) {
    const next = byte();
    value |= (<u64>(next & 127)) << (shift & 63);
    if (next < 128) return <u32>value;
  }
  broken = true;
  return 0;
}

function byte(): u32 {
  if (at < limit) return load<u8>(at++);
  broken = true;
  return 0;
}
