import { isTimeZone } from "../../columnar/datetime/time-zone.ts";
import { fieldNames } from "./datetime-names.ts";
import type { NumberField, PatternItem, TextField } from "./datetime-pattern.ts";
import { readZone } from "./read-zone.ts";
import type { DatetimeFields } from "./resolve-fields.ts";
import { zonesByName } from "./zone-names.ts";

/** One pass of a pattern over a text, which collects what it says. Methods give the index behind what they took, or the complement of where it failed. */
export class PatternRun {
  readonly fields: DatetimeFields = new Map();
  zone: string | null = null;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  items(items: readonly PatternItem[], start: number): number {
    let at = start;
    for (const [i, item] of items.entries()) {
      at = this.item(item, at, reservedDigits(items, i));
      if (at < 0) return at;
    }
    return at;
  }

  private item(item: PatternItem, at: number, reserved: number): number {
    switch (item.kind) {
      case "literal":
        return this.startsWith(item.text, at) ? at + item.text.length : ~at;
      case "number":
        return this.number(item, at, reserved);
      case "twoDigitYear":
        return this.twoDigitYear(item.field, at);
      case "fraction":
        return this.fraction(item.digits, at);
      case "text":
        return this.name(item.field, item.isFull, at);
      case "offset":
        return this.offset(item.form, item.zero, at);
      case "localizedOffset":
        return this.localizedOffset(at, item.isFull);
      case "zoneName":
        return this.zoneText(at, zonesByName(item.isFull));
      case "zoneId":
        return this.zoneText(at, NO_NAMES);
      case "optional": {
        const end = this.items(item.items, at);
        return end < 0 ? at : end;
      }
    }
  }

  private startsWith(part: string, at: number): boolean {
    return this.text.slice(at, at + part.length).toLowerCase() === part.toLowerCase();
  }

  /** False where the text said something else of the field before. */
  private keep(field: NumberField | TextField | "micros", value: number): boolean {
    const before = this.fields.get(field);
    this.fields.set(field, value);
    return before === undefined || before === value;
  }

  private digits(at: number, most: number): string {
    const pattern = new RegExp(`\\d{1,${most}}`, "y");
    pattern.lastIndex = at;
    return pattern.exec(this.text)?.[0] ?? "";
  }

  private number(
    item: PatternItem & { readonly kind: "number" },
    start: number,
    reserved: number,
  ): number {
    const isSigned = item.field === "year" || item.field === "modifiedJulianDay";
    const sign = isSigned ? /[+-]/.exec(this.text.charAt(start))?.[0] : undefined;
    const at = sign === undefined ? start : start + 1;
    let digits = this.digits(at, item.maxWidth);
    if (reserved > 0) digits = digits.slice(0, Math.max(item.minWidth, digits.length - reserved));
    if (digits.length < item.minWidth) return ~start;
    if (item.isSignedWhenLong && sign !== "-") {
      if (sign === "+" && digits.length <= item.minWidth) return ~start;
      if (sign === undefined && digits.length > item.minWidth) return ~start;
    }
    const value = sign === "-" ? -Number(digits) : Number(digits);
    return this.keep(item.field, value) ? at + digits.length : ~start;
  }

  private twoDigitYear(field: "year" | "yearOfEra", at: number): number {
    const digits = this.digits(at, 2);
    if (digits.length < 2) return ~at;
    return this.keep(field, 2000 + Number(digits)) ? at + 2 : ~at;
  }

  private fraction(most: number, at: number): number {
    const digits = this.digits(at, most);
    if (digits === "") return ~at;
    const micros = Number(digits.padEnd(6, "0").slice(0, 6));
    return this.keep("micros", micros) ? at + digits.length : ~at;
  }

  private name(field: TextField, isFull: boolean, at: number): number {
    const index = fieldNames(field, isFull).findIndex((name) => this.startsWith(name, at));
    if (index < 0) return ~at;
    const length = fieldNames(field, isFull)[index]?.length ?? 0;
    return this.keep(field, field === "month" ? index + 1 : index) ? at + length : ~at;
  }

  private offset(form: string, zero: string | null, at: number): number {
    if (zero !== null && this.startsWith(zero, at)) {
      this.zone = "UTC";
      return at + zero.length;
    }
    const shapes: { readonly [form: string]: RegExp } = {
      HHmm: /[+-]\d\d(?:\d\d)?/y,
      HHMM: /[+-]\d{4}/y,
      "HH:MM": /[+-]\d\d:\d\d/y,
      HHMMss: /[+-]\d{4}(?:\d\d)?/y,
      "HH:MM:ss": /[+-]\d\d:\d\d(?::\d\d)?/y,
    };
    return this.zoneMatching(shapes[form] ?? /$^/y, at);
  }

  private localizedOffset(at: number, isFull: boolean): number {
    if (!this.startsWith("GMT", at)) return ~at;
    const shape = isFull ? /[+-]\d\d:\d\d(?::\d\d)?/y : /[+-]\d{1,2}(?::\d\d(?::\d\d)?)?/y;
    const end = this.zoneMatching(shape, at + 3);
    if (end >= 0) return end;
    if (/[+-]/.test(this.text.charAt(at + 3))) return end;
    this.zone = "UTC";
    return at + 3;
  }

  private zoneMatching(shape: RegExp, at: number): number {
    shape.lastIndex = at;
    const found = shape.exec(this.text)?.[0];
    if (found === undefined || !isTimeZone(found)) return ~at;
    this.zone = found;
    return at + found.length;
  }

  private zoneText(at: number, names: ReadonlyMap<string, string>): number {
    const found = readZone(this.text, at, names);
    if (found === null) return ~at;
    this.zone = found.zone;
    return found.end;
  }
}

const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** Digits that numbers of fixed width right behind an open-ended number keep for themselves. */
function reservedDigits(items: readonly PatternItem[], index: number): number {
  let reserved = 0;
  for (const item of items.slice(index + 1)) {
    if (item.kind === "twoDigitYear") reserved += 2;
    else if (item.kind === "number" && item.minWidth === item.maxWidth) reserved += item.minWidth;
    else break;
  }
  return reserved;
}
