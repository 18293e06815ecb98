import { closeSync, openSync, writeSync } from "node:fs";
import { fileError } from "../storage/file-error.ts";
import type { QueryEvent } from "./query-event.ts";

/** Appends events to a file, one JSON object a line. */
export class EventLog {
  private readonly path: string;
  private readonly fd: number;

  constructor(path: string) {
    this.path = path;
    try {
      this.fd = openSync(path, "a");
    } catch (thrown) {
      throw fileError(path, thrown);
    }
  }

  write(event: QueryEvent): void {
    try {
      writeSync(this.fd, `${JSON.stringify(event)}\n`);
    } catch (thrown) {
      throw fileError(this.path, thrown);
    }
  }

  close(): void {
    closeSync(this.fd);
  }
}
