import type { FileFacts, RowGroupFacts } from "../../columnar/file-facts.ts";
import type { Arena } from "../../columnar/linear-memory.ts";
import type { ByteRange } from "../../storage/object-store.ts";

interface Placed {
  readonly range: ByteRange;
  readonly address: number;
}

/** The bytes of a row group that were read ahead. They belong to its own arena until they are decoded. */
export class FetchedRowGroup {
  readonly file: FileFacts;
  readonly rowGroup: RowGroupFacts;
  readonly arena: Arena;
  private readonly placed: readonly Placed[];

  constructor(file: FileFacts, rowGroup: RowGroupFacts, arena: Arena, placed: readonly Placed[]) {
    this.file = file;
    this.rowGroup = rowGroup;
    this.arena = arena;
    this.placed = placed;
  }

  /** Where byte `offset` of the file lies; undefined where it or the `sizeBytes` from it were not read. */
  addressOf(offset: number, sizeBytes: number): number | undefined {
    if (sizeBytes === 0) return 0;
    const found = this.placed.find(
      ({ range }) => range.start <= offset && offset + sizeBytes <= range.end,
    );
    return found && found.address + (offset - found.range.start);
  }

  /** Frees the bytes of a row group that will not be decoded. */
  release(): void {
    this.arena.reset();
  }
}
