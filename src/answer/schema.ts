import type { Field } from "../columnar/data-type.ts";
import { simpleString } from "../columnar/data-type.ts";
import { treeString } from "./tree-string.ts";

/** The columns of a DataFrame; immutable. */
export class Schema {
  readonly fields: readonly Field[];

  constructor(fields: readonly Field[]) {
    this.fields = Object.freeze([...fields]);
  }

  get names(): readonly string[] {
    return this.fields.map((field) => field.name);
  }

  /** `struct<a:int,b:string>`. */
  simpleString(): string {
    return `struct<${this.fields.map((f) => `${f.name}:${simpleString(f.type)}`).join(",")}>`;
  }

  /** What `printSchema` prints. */
  treeString(): string {
    return treeString(this.fields);
  }
}
