/**
 * The decoder's constant tables. From `base`:
 * +0 u32[256]: Snappy tags of copies: length in bits 0-6, offset bits in 8-10, mask of the offset bytes from 16 on.
 * +1024 v128[16]: for an offset below 16, the byte shuffle that repeats so many bytes.
 * +1280 {shuffle, factors}[17]: eight values of a width as 16-bit lanes.
 * +1824 {shuffle, factors, shuffle, factors}[26]: eight values of a width as two times four 32-bit lanes.
 */
export let base: usize = 0;

/** Where, from the start, the patterns of overlapping copies lie. */
export const REPEATS: usize = 1024;
/** Where, from the start, the shuffles of codes up to 16 bits lie. */
export const LANES_16: usize = 1280;
/** Where, from the start, the shuffles of codes up to 25 bits lie. */
export const LANES_32: usize = 1824;

/** Writes all tables at an address, which is kept. */
export function writeTables(address: usize): void {
  base = address;
  for (let tag: u32 = 0; tag < 256; tag++) store<u32>(address + (tag << 2), copyTag(tag));
  for (let offset: u32 = 1; offset < 16; offset++)
    for (let i: u32 = 0; i < 16; i++)
      store<u8>(address + REPEATS + offset * 16 + i, <u8>(i % offset));
  for (let width: u32 = 1; width <= 16; width++) writeLanes16(address, width);
  for (let width: u32 = 1; width <= 25; width++) {
    writeLanes32(address + LANES_32 + width * 64, width, 0);
    writeLanes32(address + LANES_32 + width * 64 + 32, width, (width & 1) << 2);
  }
}

function copyTag(tag: u32): u32 {
  if ((tag & 3) == 1) return (4 + ((tag >> 2) & 7)) | ((tag & 0xe0) << 3) | 0xff0000;
  return (1 + (tag >> 2)) | 0xffff0000;
}

function writeLanes16(address: usize, width: u32): void {
  const at = address + LANES_16 + width * 32;
  for (let i: u32 = 0; i < 8; i++) {
    const bit = i * width;
    store<u8>(at + i * 2, <u8>(bit >> 3));
    store<u8>(at + i * 2 + 1, <u8>((bit >> 3) + 1));
    store<u16>(at + 16 + i * 2, <u16>((<u32>1) << ((16 - width - (bit & 7)) & 31)));
  }
}

function writeLanes32(at: usize, width: u32, firstBit: u32): void {
  for (let i: u32 = 0; i < 4; i++) {
    const bit = i * width + firstBit;
    for (let j: u32 = 0; j < 4; j++) store<u8>(at + i * 4 + j, <u8>((bit >> 3) + j));
    store<u32>(at + 16 + i * 4, (<u32>1) << (32 - width - (bit & 7)));
  }
}
