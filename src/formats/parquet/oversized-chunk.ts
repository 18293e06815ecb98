/** Thrown inside of decoders where a chunk's values are too many bytes; the reader adds the column and the file. */
export class OversizedChunk extends RangeError {
  readonly sizeBytes: number;

  constructor(sizeBytes: number) {
    super(`${sizeBytes} bytes are too many`);
    this.name = "OversizedChunk";
    this.sizeBytes = sizeBytes;
  }
}
