/**
 * Decompresses one raw LZ4 block of `sizeBytes` raw bytes; false where it is corrupt. May read and write 16 bytes
 * behind its ends. https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
 */
export function lz4Decompress(source: usize, end: usize, target: usize, sizeBytes: u32): bool {
  const targetEnd = target + sizeBytes;
  let src = source;
  let out = target;
  while (src < end) {
    const token = <u32>load<u8>(src++);
    let length = <u64>(token >> 4);
    if (length == 15) {
      let more: u32 = 255;
      while (more == 255) {
        if (src >= end) return false;
        more = load<u8>(src++);
        length += more;
      }
    }
    if (length > <u64>(end - src) || length > <u64>(targetEnd - out)) return false;
    if (length <= 16) v128.store(out, v128.load(src));
    else memory.copy(out, src, <usize>length);
    src += <usize>length;
    out += <usize>length;
    if (src == end) return out == targetEnd;
    if (end - src < 2) return false;
    const offset = <u32>load<u16>(src);
    src += 2;
    if (!offset || offset > <u32>(out - target)) return false;
    length = <u64>(token & 15) + 4;
    if (length == 19) {
      let more: u32 = 255;
      while (more == 255) {
        if (src >= end) return false;
        more = load<u8>(src++);
        length += more;
      }
    }
    if (length > <u64>(targetEnd - out)) return false;
    const from = out - offset;
    const size = <u32>length;
    if (offset >= 16)
      for (let i: u32 = 0; i < size; i += 16) v128.store(out + i, v128.load(from + i));
    else for (let i: u32 = 0; i < size; i++) store<u8>(out + i, load<u8>(from + i));
    out += size;
  }
  return false;
}
