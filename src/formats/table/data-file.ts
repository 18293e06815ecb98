/** A file of a table, found but not yet opened. */
export interface DataFile {
  readonly key: string;
  readonly sizeBytes: number;
  readonly etag: string;
  /** The file's last bytes, where finding it brought them. */
  readonly tail?: Uint8Array;
  /** Text or null by partition column, in the order of the folders. */
  readonly partitionValues: { readonly [column: string]: string | null };
}
