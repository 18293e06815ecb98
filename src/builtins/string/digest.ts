import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { LONG, STRING } from "../../columnar/data-type.ts";
import type { Example, ScalarBuiltin } from "../builtin.ts";
import { BINARY_PARAMETER, INT_PARAMETER, takes } from "../parameters.ts";

const digestNamed = (
  name: string,
  aliases: readonly string[],
  algorithm: string,
  examples: readonly Example[],
): ScalarBuiltin => ({
  kind: "scalar",
  name,
  aliases,
  resolve: takes([BINARY_PARAMETER], STRING),
  kernel: { kind: "row", prepare: () => (bytes: Uint8Array) => digest(algorithm, bytes) },
  cost: 300,
  examples,
});

export const MD5: ScalarBuiltin = digestNamed("md5", [], "md5", [
  { sql: "SELECT md5('Spark')", rows: ["8cde774d6f7333752ed72cacddb05126"] },
]);

export const SHA1: ScalarBuiltin = digestNamed("sha1", ["sha"], "sha1", [
  { sql: "SELECT sha1('Spark')", rows: ["85f5955f4b27a9a4c2aab6ffe5d7189fc298b92c"] },
]);

/** SHA-2 of 224, 256, 384 or 512 bits, 0 being 256; null for another number. */
export const SHA2: ScalarBuiltin = {
  kind: "scalar",
  name: "sha2",
  resolve: takes([BINARY_PARAMETER, INT_PARAMETER], STRING, { nullable: true }),
  kernel: {
    kind: "row",
    prepare: () => (bytes: Uint8Array, bits: number) =>
      [0, 224, 256, 384, 512].includes(bits) ? digest(`sha${bits || 256}`, bytes) : null,
  },
  cost: 300,
  examples: [
    {
      sql: "SELECT sha2('Spark', 256)",
      rows: ["529bc3b07127ecb7e53a4dcf1991d9152c24537d919178022b2c42657f79a26b"],
    },
    { sql: "SELECT sha2('Spark', 1)", rows: ["NULL"] },
  ],
};

export const CRC32: ScalarBuiltin = {
  kind: "scalar",
  name: "crc32",
  resolve: takes([BINARY_PARAMETER], LONG),
  kernel: { kind: "row", prepare: () => (bytes: Uint8Array) => BigInt(crc32(bytes)) },
  examples: [{ sql: "SELECT crc32('Spark')", rows: ["1557323817"] }],
};

function digest(algorithm: string, bytes: Uint8Array): string {
  return createHash(algorithm).update(bytes).digest("hex");
}
