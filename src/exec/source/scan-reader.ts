import type { FileFacts, RowGroupFacts } from "../../columnar/file-facts.ts";
import type { Arena } from "../../columnar/linear-memory.ts";
import type { Batch } from "../../columnar/vector.ts";
import type { FetchedRowGroup } from "../../formats/parquet/fetched-row-group.ts";
import { RowGroupReader } from "../../formats/parquet/row-group-reader.ts";
import type { ScanExec } from "../../physical/physical-plan.ts";
import type { TaskContext } from "../task-context.ts";
import type { BatchReader } from "./column-source.ts";

interface PlannedRowGroup {
  readonly file: FileFacts;
  readonly rowGroup: RowGroupFacts;
}

/** Reads and decodes the row groups of a scan's splits, one at a time, the next one being fetched meanwhile. */
export class ScanReader implements BatchReader {
  private readonly context: TaskContext;
  private readonly planned: readonly PlannedRowGroup[];
  private readonly reader: RowGroupReader | null;
  private readonly arena: Arena;
  private place = 0;
  private ahead: Promise<FetchedRowGroup> | null = null;

  constructor(context: TaskContext, scan: ScanExec) {
    this.context = context;
    this.planned = scan.splits.flatMap((split) =>
      split.files.flatMap((file) => file.rowGroups.map((rowGroup) => ({ file, rowGroup }))),
    );
    const { runtime, stores } = context;
    this.arena = runtime.memory.arena();
    this.reader =
      scan.output.length === 0
        ? null
        : new RowGroupReader(runtime.memory, runtime.kernels, stores.data, scan.output, {
            timeZone: context.settings.timeZone,
          });
    context.onMetrics(() => this.reader?.metrics);
    context.onEnd(() => {
      this.arena.reset();
      this.ahead?.then((fetched) => fetched.release()).catch(() => {});
    });
  }

  async next(): Promise<Batch | null> {
    const planned = this.planned[this.place];
    if (!planned) return null;
    this.context.rowsRead += planned.rowGroup.rows;
    if (!this.reader) {
      this.place++;
      return { rows: planned.rowGroup.rows, vectors: [] };
    }
    const fetched = await (this.ahead ?? this.reader.fetch(planned.file, planned.rowGroup));
    this.place++;
    this.ahead = this.fetchAhead(this.reader);
    this.arena.reset();
    return await this.reader.decode(fetched, this.arena);
  }

  /** Nothing is won ahead of its time where the store reads at once. A failure waits for the row group's turn. */
  private fetchAhead(reader: RowGroupReader): Promise<FetchedRowGroup> | null {
    const following = this.planned[this.place];
    const { data } = this.context.stores;
    if (!following || (data.storeOf?.(following.file.path) ?? data).readInto) return null;
    const ahead = reader.fetch(following.file, following.rowGroup);
    ahead.catch(() => undefined);
    return ahead;
  }
}
