import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilFromDays, daysFromCivil } from "../../../../src/columnar/datetime/calendar.ts";
import {
  formatDate,
  formatTimestamp,
  parseDate,
  parseTimestamp,
  parseTimestampNtz,
} from "../../../../src/columnar/datetime/datetime-text.ts";

const ZONES = ["UTC", "America/Los_Angeles", "Asia/Kolkata", "+01:30", "Australia/Lord_Howe"];

describe("Dates and timestamps as text", () => {
  it("read what they print, for any day", () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), (days) => {
        const { year, month, day } = civilFromDays(days);
        return daysFromCivil(year, month, day) === days && parseDate(formatDate(days)) === days;
      }),
    );
  });

  it("read what they print, for any instant in a zone, except in the hour that comes twice", () => {
    const lastMicros = 253_402_300_799_999_999n;
    fc.assert(
      fc.property(
        fc.bigInt({ min: -62_135_596_800_000_000n, max: lastMicros }),
        fc.constantFrom(...ZONES),
        (micros, zone) => {
          const text = formatTimestamp(micros, zone);
          const read = parseTimestamp(text, zone);
          expect(read).not.toBeNull();
          expect(formatTimestamp(read ?? 0n, zone)).toBe(text);
        },
      ),
    );
  });

  it("take Spark's lenient forms", () => {
    expect(parseDate(" 2020-2-3 ")).toBe(daysFromCivil(2020, 2, 3));
    expect(parseDate("2020")).toBe(daysFromCivil(2020, 1, 1));
    expect(parseDate("2020-02")).toBe(daysFromCivil(2020, 2, 1));
    expect(parseDate("2020-02-03T what")).toBe(daysFromCivil(2020, 2, 3));
    expect(parseTimestamp("2020-1-1 10", "UTC")).toBe(1_577_872_800_000_000n);
    expect(parseTimestamp("2020-01-01T10:11:12.5Europe/Paris", "UTC")).toBe(1_577_869_872_500_000n);
    expect(parseTimestamp("2020-01-01 10:11:12+0130", "UTC")).toBe(1_577_868_072_000_000n);
    expect(parseTimestampNtz("2020-01-01 10:11:12+0130")).toBe(1_577_873_472_000_000n);
  });

  it("refuse what is no date or timestamp", () => {
    for (const text of ["", "x", "20-01-01", "2020-13-01", "2020-02-30", "2020-", "2020-1-1x"])
      expect(parseDate(text)).toBeNull();
    for (const text of ["2020-01-01 25:00", "2020-01-01 10:11Z", "2020-01-01 10:11:12 Mars/Base"])
      expect(parseTimestamp(text, "UTC")).toBeNull();
  });

  it("move a time that a zone skipped forward, and take the first of two", () => {
    const zone = "America/Los_Angeles";
    expect(parseTimestamp("2024-03-10 02:30:00", zone)).toBe(1_710_066_600_000_000n);
    expect(parseTimestamp("2024-11-03 01:30:00", zone)).toBe(1_730_622_600_000_000n);
  });
});
