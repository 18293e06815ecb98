import { encodeText } from "../../columnar/text-bytes.ts";

const CHANGING = {
  upper: /\p{Changes_When_Uppercased}/gu,
  lower: /\p{Changes_When_Lowercased}/gu,
} as const;
const HEADER_BYTES = 16;
const BLOCK = 0x400;
const FIRST_SURROGATE_BLOCK = 0xd800 / BLOCK;
const LAST_SURROGATE_BLOCK = 0xdc00 / BLOCK;
const LAST_LETTER_BLOCK = 0x1fc00 / BLOCK;
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
  const entries: { point: number; bytes: Uint8Array }[] = [];
  for (const [letter] of allCharacters().matchAll(CHANGING[to])) {
    const changed = to === "upper" ? letter.toUpperCase() : letter.toLowerCase();
    entries.push({ point: letter.codePointAt(0) ?? 0, bytes: encodeText(changed) });
  }
  const [cased, ignorable] = to === "lower" ? contextRanges() : [[], []];
  const rangesStart = HEADER_BYTES + entries.length * 16;
  const table = new Uint8Array(rangesStart + (cased.length + ignorable.length) * 4);
  const view = new DataView(table.buffer);
  view.setUint32(0, entries.length, true);
  view.setUint32(4, cased.length / 2, true);
  view.setUint32(8, ignorable.length / 2, true);
  entries.forEach(({ point, bytes }, i) => {
    view.setUint32(HEADER_BYTES + i * 16, point, true);
    view.setUint32(HEADER_BYTES + 4 + i * 16, bytes.length, true);
    table.set(bytes, HEADER_BYTES + 8 + i * 16);
  });
  [...cased, ...ignorable].forEach((point, i) => {
    view.setUint32(rangesStart + i * 4, point, true);
  });
  return table;
}

/** First and last of the code points that are cased, and of those that are passed over beside a Σ. */
function contextRanges(): readonly [readonly number[], readonly number[]] {
  const all = allCharacters();
  const rangesOf = (kind: RegExp): number[] =>
    Array.from(all.matchAll(kind), ([run]) => run).flatMap((run) => [
      run.codePointAt(0) ?? 0,
      Array.from(run.slice(-2)).at(-1)?.codePointAt(0) ?? 0,
    ]);
  return [rangesOf(/\p{Cased}+/gu), rangesOf(/\p{Case_Ignorable}+/gu)];
}

/** The planes that have letters, and the one of tags. */
function allCharacters(): string {
  const points = (first: number, last: number): string =>
    String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, i) => first + i));
  const blocks = Array.from({ length: LAST_LETTER_BLOCK + 1 }, (_, i) => i)
    .filter((block) => block < FIRST_SURROGATE_BLOCK || block > LAST_SURROGATE_BLOCK)
    .map((block) => points(block * BLOCK, block * BLOCK + BLOCK - 1));
  return blocks.join("") + points(0xe0000, 0xe01ff);
}
