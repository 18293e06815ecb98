const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });
const ENCODER = new TextEncoder();
const REPLACEMENT = "\ufffd";
/** A byte that is no part of a character stands in text as the lone surrogate of this code plus the byte. */
const LONE_BYTE = 0xdc00;
const QUESTION_MARK = 0x3f;
/** Java replaces the encoding of a surrogate, whole or cut off, by one character; the Encoding Standard by one a byte. */
const ENCODED_SURROGATE = /\udced[\udca0-\udcbf][\udc80-\udcbf]?/gu;

/**
 * Bytes of a string as text. A byte that belongs to no well-formed UTF-8 becomes the lone surrogate U+DC80 to U+DCFF,
 * so that `encodeText` makes the same bytes of it again.
 */
export function decodeText(bytes: Uint8Array): string {
  const text = UTF8.decode(bytes);
  return text.includes(REPLACEMENT) ? decodeLosslessly(bytes) : text;
}

/** The inverse of `decodeText`. Lone surrogates that stand for no byte become `?`, as in Java. */
export function encodeText(text: string): Uint8Array {
  if (text.isWellFormed()) return ENCODER.encode(text);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (!isLoneSurrogate(character)) bytes.push(...ENCODER.encode(character));
    else bytes.push(isLoneByte(code) ? code - LONE_BYTE : QUESTION_MARK);
  }
  return Uint8Array.from(bytes);
}

/** Text as Java's `String` has it: U+FFFD for each piece that is no UTF-8. */
export function readableText(text: string): string {
  if (text.isWellFormed()) return text;
  return UTF8.decode(encodeText(text.replace(ENCODED_SURROGATE, REPLACEMENT)));
}

/** Text with U+FFFD for what is no UTF-8, by the Encoding Standard: the encoding of a surrogate has one a byte. */
export function repairedText(text: string): string {
  return text.isWellFormed() ? text : UTF8.decode(encodeText(text));
}

/** Text that Java's `String` functions made, in bytes again: a surrogate without its partner is `?`. */
export function withoutLoneSurrogates(text: string): string {
  if (text.isWellFormed()) return text;
  return Array.from(text, (character) => (isLoneSurrogate(character) ? "?" : character)).join("");
}

function decodeLosslessly(bytes: Uint8Array): string {
  let text = "";
  let start = 0;
  let at = 0;
  while (at < bytes.length) {
    const size = wellFormedSize(bytes, at);
    if (size > 0) at += size;
    else {
      text +=
        UTF8.decode(bytes.subarray(start, at)) + String.fromCharCode(LONE_BYTE + byteAt(bytes, at));
      start = ++at;
    }
  }
  return text + UTF8.decode(bytes.subarray(start));
}

/** The bytes of the well-formed character that begins here (Unicode's table 3-7), or 0. */
function wellFormedSize(bytes: Uint8Array, at: number): number {
  const size = sizeByLead(byteAt(bytes, at));
  for (let i = 1; i < size; i++) {
    const [low, high] = continuationRange(i === 1 ? byteAt(bytes, at) : 0);
    const byte = byteAt(bytes, at + i);
    if (byte < low || byte > high) return 0;
  }
  return size;
}

/** How many bytes a character has that begins with this one; 0 where none does. */
function sizeByLead(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

const CONTINUATIONS: readonly [number, number] = [0x80, 0xbf];
const SECOND_BYTES: ReadonlyMap<number, readonly [number, number]> = new Map([
  [0xe0, [0xa0, 0xbf]],
  [0xed, [0x80, 0x9f]],
  [0xf0, [0x90, 0xbf]],
  [0xf4, [0x80, 0x8f]],
]);

/** The bytes that may follow a first byte; 0 stands for any other byte. */
function continuationRange(lead: number): readonly [number, number] {
  return SECOND_BYTES.get(lead) ?? CONTINUATIONS;
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function isLoneSurrogate(character: string): boolean {
  return character.length === 1 && !character.isWellFormed();
}

function isLoneByte(code: number): boolean {
  return code >= LONE_BYTE + 0x80 && code <= LONE_BYTE + 0xff;
}
