/** The rows of one output partition of one task attempt: an Arrow IPC stream, in an object or inline. */
export interface ShuffleBlock {
  /** The output partition. */
  readonly partition: number;
  /** The object that holds it, or null where `inline` does. */
  readonly key: string | null;
  readonly offset: number;
  readonly sizeBytes: number;
  readonly rows: number;
  /** Base64 of the stream where it is small. */
  readonly inline: string | null;
}
