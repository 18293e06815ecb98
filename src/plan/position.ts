/** A place in the SQL text, both from 1. Plans built by the DataFrame API have none (`null`). */
export interface Position {
  readonly line: number;
  readonly column: number;
}
