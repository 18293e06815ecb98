import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { present } from "../../../../src/common/assert.ts";
import { readFooter } from "../../../../src/formats/parquet/footer.ts";
import { readAs } from "../../../../src/formats/parquet/read-as.ts";
import { parseDataType } from "../../../../src/sql/parse.ts";
import { LocalObjectStore } from "../../../../src/storage/local-object-store.ts";

interface ReadColumn {
  readonly file: string;
  readonly column: string;
  /** The types that Spark 4.2.1 reads the column as. */
  readonly types: readonly string[];
}

const FOLDER = new URL("../../../data/schemas/", import.meta.url).pathname;
const { wanted, columns }: { wanted: readonly string[]; columns: readonly ReadColumn[] } =
  JSON.parse(readFileSync(`${FOLDER}read-as.json`, "utf8"));

/** Spark reads unscaled digits, their bytes, or a number that turned negative: wrong values, which we refuse. */
const REFUSED = new Map([
  ["d9i", ["tinyint", "smallint", "int", "bigint", "double", "date"]],
  ["d18i", ["bigint"]],
  ["d10b", ["binary"]],
  ["d30b", ["binary"]],
  ["u32", ["double"]],
]);
/** Spark refuses unsigned numbers as decimals that hold them all, but for 64 bits as the 20 digits that they are. */
const isUnsignedAsDecimal = (column: string, type: string): boolean =>
  /^u\d+$/.test(column) &&
  type.startsWith("decimal") &&
  `${column} ${type}` !== "u64 decimal(20,0)";

async function isReadable({ file, column }: ReadColumn, type: string): Promise<boolean> {
  const store = new LocalObjectStore(FOLDER);
  const key = `${file}.parquet`;
  const facts = await readFooter(store, { ...(await store.head(key)), key, partitionValues: {} });
  const own = present(
    facts.fields.find(({ name }) => name === column),
    column,
  );
  const chunks = present(facts.rowGroups[0]?.columns[column], column).chunks;
  const to = parseDataType(type);
  const refuse = (): never => {
    throw new RangeError(type);
  };
  try {
    readAs(own.type, to, chunks, { mismatch: refuse, ambiguous: refuse });
    return true;
  } catch (thrown) {
    if (thrown instanceof RangeError) return false;
    throw thrown;
  }
}

describe("readAs", () => {
  it.each(columns)("reads $column of $file as the types that Spark reads it as", async (column) => {
    const refused = REFUSED.get(column.column) ?? [];
    const types: string[] = [];
    for (const type of wanted)
      if (!isUnsignedAsDecimal(column.column, type) && (await isReadable(column, type)))
        types.push(type);
    expect(types).toEqual(column.types.filter((type) => !refused.includes(type)));
  });
});
