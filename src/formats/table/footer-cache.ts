import type { FileFacts } from "../../columnar/file-facts.ts";
import type { DataFile } from "./data-file.ts";

/** Footers already read, by path and etag, the least recently used leaving first. */
export class FooterCache {
  private readonly facts = new Map<string, FileFacts>();
  private readonly limit: number;

  constructor(limit = 4096) {
    this.limit = limit;
  }

  /** The file's facts, read with `read` where they are not known; with this file's partition values. */
  async factsOf(file: DataFile, read: (file: DataFile) => Promise<FileFacts>): Promise<FileFacts> {
    const id = `${file.etag} ${file.key}`;
    const known = this.facts.get(id) ?? (await read(file));
    this.facts.delete(id);
    this.facts.set(id, known);
    for (const oldest of this.facts.keys()) {
      if (this.facts.size <= this.limit) break;
      this.facts.delete(oldest);
    }
    return { ...known, partitionValues: file.partitionValues };
  }
}
