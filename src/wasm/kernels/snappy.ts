import { base, REPEATS } from "./shared/decoder-tables";

/**
 * Decompresses one Snappy block of `sizeBytes` raw bytes. Returns their address, 0 where the block is corrupt: `target`,
 * or with `inPlace` the source itself where the block is one literal. May read 20 bytes behind `end` and write 80
 * behind the target. https://github.com/google/snappy/blob/main/format_description.txt
 */
export function snappyDecompress(
  source: usize,
  end: usize,
  target: usize,
  sizeBytes: u32,
  inPlace: bool,
): usize {
  let at = source;
  let said: u64 = 0;
  let shift: u64 = 0;
  let byte: u32;
  do {
    if (at >= end || shift > 28) return 0;
    byte = load<u8>(at++);
    said |= (<u64>(byte & 127)) << shift;
    shift += 7;
  } while (byte & 128);
  if (said != <u64>sizeBytes) return 0;
  if (inPlace) {
    const stored = onlyLiteral(at, end, sizeBytes);
    if (stored) return stored;
  }
  return snappyElements(at, end, target, target + sizeBytes) ? target : 0;
}

/** The address of the bytes of a block that is a single literal, else 0. */
function onlyLiteral(at: usize, end: usize, sizeBytes: u32): usize {
  if (at >= end) return 0;
  const tag = <u32>load<u8>(at);
  if (tag & 3) return 0;
  const more: u32 = tag >> 2 < 60 ? 0 : (tag >> 2) - 59;
  const length = more ? load<u32>(at, 1) & (0xffffffff >>> (32 - (more << 3))) : tag >> 2;
  const start = at + 1 + more;
  return length + 1 == sizeBytes && start + sizeBytes == end ? start : 0;
}

function snappyElements(source: usize, end: usize, target: usize, targetEnd: usize): bool {
  const tags = base;
  let src = source;
  let out = target;
  while (src < end) {
    const tag = <u32>load<u8>(src);
    const kind = tag & 3;
    const next = src + 1;
    if (kind) {
      const entry = load<u32>(tags + (tag << 2));
      const bytes = load<u32>(src, 1);
      const length = entry & 127;
      let offset = (bytes & (entry >> 16)) + (entry & 0x700);
      src = next + kind;
      if (kind == 3) {
        offset = bytes;
        src++;
      }
      if (offset - 1 >= <u32>(out - target)) return false;
      const from = out - offset;
      if (offset >= 16) {
        v128.store(out, v128.load(from));
        if (length > 16) {
          v128.store(out, v128.load(from, 16), 16);
          v128.store(out, v128.load(from, 32), 32);
          v128.store(out, v128.load(from, 48), 48);
        }
      } else if (offset >= 8) {
        store<u64>(out, load<u64>(from));
        store<u64>(out, load<u64>(from, 8), 8);
        for (let i: u32 = 16; i < length; i += 8) store<u64>(out + i, load<u64>(from + i));
      } else {
        const repeated = i8x16.swizzle(
          v128.load(from),
          v128.load(tags + REPEATS + (offset << 4)),
        );
        const step = 16 - (16 % offset);
        for (let i: u32 = 0; i < length; i += step) v128.store(out + i, repeated);
      }
      out += length;
    } else if (tag < 64) {
      v128.store(out, v128.load(src, 1));
      const length = tag >> 2;
      src = src + 2 + length;
      out = out + 1 + length;
    } else {
      let length = (tag >> 2) + 1;
      src++;
      if (length > 60) {
        const more = length - 60;
        length = (load<u32>(src) & (0xffffffff >>> (32 - (more << 3)))) + 1;
        src += more;
        if (!length) return false;
      }
      if (<u64>out + length > <u64>targetEnd || <u64>src + length > <u64>end) return false;
      memory.copy(out, src, length);
      src += length;
      out += length;
    }
    if (out > targetEnd) return false;
  }
  return src == end && out == targetEnd;
}
