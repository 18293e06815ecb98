import { crc32 } from "node:zlib";

/** What lets S3 refuse a body that was changed on its way. */
export function checksumHeaders(pieces: readonly Uint8Array[]): {
  readonly "x-amz-checksum-crc32": string;
} {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(pieces.reduce((crc, piece) => crc32(piece, crc), 0));
  return { "x-amz-checksum-crc32": sum.toString("base64") };
}
