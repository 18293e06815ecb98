import type { DataType, Field } from "../../columnar/data-type.ts";
import type { ChunkFacts } from "../../columnar/file-facts.ts";
import { CODECS, ENCODINGS, PHYSICAL } from "./file-metadata.ts";
import { ThriftWriter } from "./thrift-writer.ts";

const MAGIC = new TextEncoder().encode("PAR1");
const REQUIRED = 0;
const OPTIONAL = 1;
const REPEATED = 2;
/** Parquet's converted type of lists. */
const LIST = 3;
const INT96_BYTES = 12;

/** Where a leaf of the wanted column goes. */
interface Leaf {
  readonly path: readonly string[];
  readonly definition: number;
  readonly repetition: number;
}

/**
 * A Parquet file of one column of one row group, around that column's chunks as they are. Its schema has today's form
 * of lists, maps as lists of their entries, and no logical types; INT96 is declared as bytes, so that no reader converts it.
 * Null where the chunks' levels are not those of such a schema.
 */
export function isolatedFile(
  { name, type, nullable }: Field,
  chunks: readonly ChunkFacts[],
  rows: number,
  bytesOf: (chunk: ChunkFacts) => Uint8Array,
): Uint8Array | null {
  const schema = [REQUIRED, OPTIONAL]
    .map((keys) => new SchemaWriter(chunks, keys))
    .find((writer) => writer.takes(name, type, nullable ? OPTIONAL : REQUIRED));
  if (schema === undefined) return null;
  const parts: Uint8Array[] = [MAGIC];
  let offset = MAGIC.length;
  const columns = chunks.map((chunk, i) => {
    const bytes = bytesOf(chunk);
    const column = columnChunk(chunk, schema.leaves[i]?.path ?? [], offset);
    parts.push(bytes);
    offset += bytes.length;
    return column;
  });
  const sizeBytes = chunks.reduce((sum, chunk) => sum + chunk.uncompressedBytes, 0);
  const root = new ThriftWriter().text(4, "schema").i32(5, 1);
  const group = new ThriftWriter().structs(1, columns).i64(2, sizeBytes).i64(3, rows);
  const footer = new ThriftWriter()
    .i32(1, 2)
    .structs(2, [root, ...schema.elements])
    .i64(3, rows)
    .structs(4, [group])
    .done();
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, footer.length, true);
  return Buffer.concat([...parts, footer, length, MAGIC]);
}

function columnChunk(chunk: ChunkFacts, path: readonly string[], offset: number): ThriftWriter {
  const metadata = new ThriftWriter()
    .i32(1, physicalNumber(chunk))
    .i32s(
      2,
      chunk.encodings.map((name) => ENCODINGS.indexOf(name)),
    )
    .texts(3, path)
    .i32(4, CODECS.indexOf(chunk.codec))
    .i64(5, chunk.values)
    .i64(6, chunk.uncompressedBytes)
    .i64(7, chunk.sizeBytes)
    .i64(9, offset);
  return new ThriftWriter().i64(2, offset).struct(3, metadata);
}

function physicalNumber({ physical }: ChunkFacts): number {
  const stored = physical === "INT96" ? "FIXED_LEN_BYTE_ARRAY" : physical;
  return PHYSICAL.indexOf(stored);
}

class SchemaWriter {
  readonly elements: ThriftWriter[] = [];
  readonly leaves: Leaf[] = [];
  private readonly chunks: readonly ChunkFacts[];
  private readonly keys: number;

  /** `keys` is the repetition of maps' keys, which only odd writers declare as optional. */
  constructor(chunks: readonly ChunkFacts[], keys: number) {
    this.chunks = chunks;
    this.keys = keys;
  }

  /** Adds the column and returns whether its levels are the chunks' own. */
  takes(name: string, type: DataType, repetition: number): boolean {
    this.add(name, type, repetition, { path: [], definition: 0, repetition: 0 });
    return (
      this.leaves.length === this.chunks.length &&
      this.leaves.every((leaf, i) => {
        const chunk = this.chunks[i];
        return (
          chunk?.maxDefinitionLevel === leaf.definition &&
          chunk.maxRepetitionLevel === leaf.repetition
        );
      })
    );
  }

  private add(name: string, type: DataType, repetition: number, above: Leaf): void {
    const here: Leaf = {
      path: [...above.path, name],
      definition: above.definition + (repetition === REQUIRED ? 0 : 1),
      repetition: above.repetition + (repetition === REPEATED ? 1 : 0),
    };
    switch (type.kind) {
      case "array":
        this.group(name, repetition, 1, LIST);
        this.repeated("list", here, [
          ["element", type.element, type.containsNull ? OPTIONAL : REQUIRED],
        ]);
        break;
      case "map":
        this.group(name, repetition, 1, LIST);
        this.repeated("key_value", here, [
          ["key", type.key, this.keys],
          ["value", type.value, type.valueContainsNull ? OPTIONAL : REQUIRED],
        ]);
        break;
      case "struct":
        this.group(name, repetition, type.fields.length, null);
        for (const f of type.fields)
          this.add(f.name, f.type, f.nullable ? OPTIONAL : REQUIRED, here);
        break;
      default:
        this.leaf(name, repetition, here);
    }
  }

  private repeated(
    name: string,
    above: Leaf,
    members: readonly (readonly [string, DataType, number])[],
  ): void {
    this.group(name, REPEATED, members.length, null);
    const here: Leaf = {
      path: [...above.path, name],
      definition: above.definition + 1,
      repetition: above.repetition + 1,
    };
    for (const [member, type, repetition] of members) this.add(member, type, repetition, here);
  }

  private group(
    name: string,
    repetition: number,
    children: number,
    converted: number | null,
  ): void {
    const element = new ThriftWriter().i32(3, repetition).text(4, name).i32(5, children);
    this.elements.push(converted === null ? element : element.i32(6, converted));
  }

  private leaf(name: string, repetition: number, leaf: Leaf): void {
    const chunk = this.chunks[this.leaves.length];
    this.leaves.push(leaf);
    if (chunk === undefined) return;
    const element = new ThriftWriter().i32(1, physicalNumber(chunk));
    const width = chunk.physical === "INT96" ? INT96_BYTES : chunk.typeLength;
    if (width > 0) element.i32(2, width);
    this.elements.push(element.i32(3, repetition).text(4, name));
  }
}
