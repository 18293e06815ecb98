/** The same bytes in parts of `partBytes`, the last one shorter; nothing is copied. */
export function cutPieces(
  pieces: readonly Uint8Array[],
  partBytes: number,
): readonly (readonly Uint8Array[])[] {
  const parts: Uint8Array[][] = [];
  let room = 0;
  for (const piece of pieces)
    for (let at = 0; at < piece.length; ) {
      if (room === 0) {
        parts.push([]);
        room = partBytes;
      }
      const taken = Math.min(room, piece.length - at);
      parts.at(-1)?.push(piece.subarray(at, at + taken));
      at += taken;
      room -= taken;
    }
  return parts;
}
