const ESCAPES: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};
const NAMED: { readonly [name: string]: string } = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

export const xmlEscape = (text: string): string =>
  text.replace(/[&<>"\r]/g, (c) => ESCAPES[c] ?? c);

/** An element with text inside. */
export const xmlText = (name: string, text: string | number): string =>
  `<${name}>${xmlEscape(String(text))}</${name}>`;

/** The contents of all elements of a name; elements of one name must not nest. */
export function xmlContents(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, "g"))].map(
    (match) => match[1] ?? "",
  );
}

/** The texts of all elements of a name. */
export function xmlTexts(xml: string, name: string): string[] {
  return xmlContents(xml, name).map(unescaped);
}

const unescaped = (text: string): string =>
  text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, entity: string) => {
    if (/^#x/i.test(entity)) return String.fromCodePoint(Number.parseInt(entity.slice(2), 16));
    if (entity.startsWith("#")) return String.fromCodePoint(Number(entity.slice(1)));
    return NAMED[entity] ?? whole;
  });
