const NAMED: { readonly [name: string]: string } = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/** What stands between the tags of each element of a name. Elements of one name do not nest in S3's answers. */
export function xmlElements(xml: string, name: string): string[] {
  const found = xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>(.*?)</${name}>`, "gs"));
  return Array.from(found, (match) => match[1] ?? "");
}

/** The text of the first element of a name, or null. */
export function xmlText(xml: string, name: string): string | null {
  const [first] = xmlElements(xml, name);
  return first === undefined ? null : decode(first);
}

/** A text as the contents of an element. Control characters, which XML 1.0 cannot hold raw, become references. */
export function xmlEncode(text: string): string {
  return text.replace(/[&<>"'\p{Cc}]/gu, (c) => `&#${c.codePointAt(0)};`);
}

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return NAMED[name] ?? whole;
  });
}
