import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

const CRC32C_TABLE = Uint32Array.from({ length: 256 }, (_, i) => {
  let crc = i;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc >>> 0;
});

const CRC64_TABLE = BigUint64Array.from({ length: 256 }, (_, i) => {
  let crc = BigInt(i);
  for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0x9a6c9329ac4bc9b5n : crc >> 1n;
  return crc;
});

/** The base64 texts of S3's `x-amz-checksum-…` headers, by the header's last part. */
export const CHECKSUMS: { readonly [name: string]: (bytes: Uint8Array) => string } = {
  crc32: (bytes) => base64(crc32(bytes)),
  crc32c: (bytes) => {
    let crc = 0xffffffff;
    for (const byte of bytes) crc = (CRC32C_TABLE[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
    return base64(~crc >>> 0);
  },
  crc64nvme: (bytes) => {
    let crc = 0xffffffffffffffffn;
    for (const byte of bytes)
      crc = (CRC64_TABLE[Number((crc ^ BigInt(byte)) & 255n)] ?? 0n) ^ (crc >> 8n);
    const out = Buffer.alloc(8);
    out.writeBigUInt64BE(crc ^ 0xffffffffffffffffn);
    return out.toString("base64");
  },
  sha1: (bytes) => createHash("sha1").update(bytes).digest("base64"),
  sha256: (bytes) => createHash("sha256").update(bytes).digest("base64"),
};

function base64(word: number): string {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(word >>> 0);
  return out.toString("base64");
}
