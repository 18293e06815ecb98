/** Bytes that all texts with fewer than `length` characters need once spaces fill them up. */
export function paddedBytes(refs: usize, count: u32, length: u32): f64 {
  let bytes: f64 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const ref = load<u64>(refs + (i << 3));
    const missing = missingSpaces(<usize>(<u32>ref), <u32>(ref >> 32), length);
    if (missing) bytes += <f64>(<u32>(ref >> 32)) + <f64>missing;
  }
  return bytes;
}

/** Refs of the texts with spaces behind those that are too short; what is new is written at `bytes`. */
export function padRefs(src: usize, count: u32, dst: usize, length: u32, bytes: usize): void {
  let next = bytes;
  for (let i: u32 = 0; i < count; i++) {
    const ref = load<u64>(src + (i << 3));
    const at = <usize>(<u32>ref);
    const size = <u32>(ref >> 32);
    const missing = missingSpaces(at, size, length);
    if (!missing) {
      store<u64>(dst + (i << 3), ref);
      continue;
    }
    memory.copy(next, at, size);
    memory.fill(next + size, 0x20, missing);
    store<u64>(dst + (i << 3), (<u64>next) | ((<u64>(size + missing)) << 32));
    next += size + missing;
  }
}

function missingSpaces(at: usize, size: u32, length: u32): u32 {
  let characters: u32 = 0;
  for (let i: u32 = 0; i < size && characters < length; i++)
    if ((load<u8>(at + i) & 0xc0) != 0x80) characters++;
  return length - characters;
}
