import { expect, test } from "vitest";
import {
  type SpecialDatetimeKind,
  specialDatetime,
} from "../../../../src/columnar/datetime/special-datetime.ts";

const NEW_YORK = { timeZone: "America/New_York", nowMs: Date.UTC(2024, 2, 1, 3) };

const iso = (text: string, kind: SpecialDatetimeKind): string => {
  const value = Number(specialDatetime(text, kind, NEW_YORK));
  return new Date(kind === "date" ? value * 86_400_000 : value / 1000).toISOString();
};

test("today is a day of the session's time zone", () => {
  expect(iso("today", "date")).toBe("2024-02-29T00:00:00.000Z");
  expect(iso("TOMORROW", "timestamp")).toBe("2024-03-01T05:00:00.000Z");
  expect(iso(" yesterday ", "timestamp_ntz")).toBe("2024-02-28T00:00:00.000Z");
  expect(iso("now", "timestamp")).toBe("2024-03-01T03:00:00.000Z");
  expect(iso("now", "timestamp_ntz")).toBe("2024-02-29T22:00:00.000Z");
});

test("the epoch is one instant, and one local time, whatever the zone", () => {
  for (const kind of ["date", "timestamp", "timestamp_ntz"] as const) {
    expect(specialDatetime("Epoch", kind, NEW_YORK)).toBe(0n);
    expect(specialDatetime("epoch America/Los_Angeles", kind, NEW_YORK)).toBe(0n);
  }
});

test("other texts, and now with a zone, have no special value", () => {
  for (const text of ["now UTC", "epochs", "epoch Nowhere", "2020-01-01", ""])
    expect(specialDatetime(text, "timestamp", NEW_YORK)).toBeNull();
});
