/** Where Unicode 16 has letters with case. */
const RANGES: readonly (readonly [number, number])[] = [
  [0x41, 0x5a],
  [0x61, 0x7a],
  [0x80, 0x24ff],
  [0x2c00, 0x2dff],
  [0xa640, 0xabff],
  [0xfb00, 0xfb17],
  [0xff21, 0xff5a],
  [0x10400, 0x10d8f],
  [0x118a0, 0x118df],
  [0x16e40, 0x16e7f],
  [0x1e900, 0x1e943],
];
const tables = new Map<"upper" | "lower", Uint8Array>();

/** The table that the kernel `stringCase` takes. */
export function caseTable(to: "upper" | "lower"): Uint8Array {
  let table = tables.get(to);
  if (table === undefined) {
    table = makeTable(to);
    tables.set(to, table);
  }
  return table;
}

function makeTable(to: "upper" | "lower"): Uint8Array {
  const encoder = new TextEncoder();
  const entries: { point: number; bytes: Uint8Array }[] = [];
  const lowerLetters: number[] = [];
  for (const [first, last] of RANGES) {
    for (let point = first; point <= last; point++) {
      const letter = String.fromCodePoint(point);
      const changed = to === "upper" ? letter.toUpperCase() : letter.toLowerCase();
      if (changed !== letter) entries.push({ point, bytes: encoder.encode(changed) });
      else if (letter.toUpperCase() !== letter) lowerLetters.push(point);
    }
  }
  const letterStart = 8 + entries.length * 16;
  const table = new Uint8Array(letterStart + lowerLetters.length * 4);
  const view = new DataView(table.buffer);
  view.setUint32(0, entries.length, true);
  view.setUint32(4, lowerLetters.length, true);
  entries.forEach(({ point, bytes }, i) => {
    view.setUint32(8 + i * 16, point, true);
    view.setUint32(12 + i * 16, bytes.length, true);
    table.set(bytes, 16 + i * 16);
  });
  lowerLetters.forEach((point, i) => {
    view.setUint32(letterStart + i * 4, point, true);
  });
  return table;
}
