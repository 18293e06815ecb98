import { expect, test } from "vitest";
import { daysFromCivil } from "../../../../src/columnar/datetime/calendar.ts";
import { rebasedDay, rebasedMicros } from "../../../../src/columnar/datetime/hybrid-calendar.ts";

test("days before 1582-10-15 move to the day of the same date, a missing 29th of February to the 1st of March", () => {
  expect(rebasedDay(-141_427)).toBe(daysFromCivil(1582, 10, 15));
  expect(rebasedDay(-141_428)).toBe(daysFromCivil(1582, 10, 4));
  expect(rebasedDay(-719_164)).toBe(daysFromCivil(1, 1, 1));
  expect(rebasedDay(-354_221)).toBe(rebasedDay(-354_220));
  expect(rebasedDay(-354_220)).toBe(daysFromCivil(1000, 3, 1));
  expect(rebasedDay(-719_165)).toBe(daysFromCivil(0, 12, 31));
  expect(rebasedDay(18_262)).toBe(18_262);
});

/** Spark's own: second of the hybrid calendar, and what is added to it from there on. */
const SWITCHES: { readonly [zone: string]: readonly (readonly [number, number])[] } = {
  UTC: [
    [-62135769600, 172800],
    [-46383408000, -172800],
    [-14825808000, -864000],
    [-12219292800, 0],
  ],
  "America/Los_Angeles": [
    [-62135740800, 172378],
    [-12219264000, -422],
    [-2717640000, 0],
  ],
  "Europe/Amsterdam": [
    [-14825811600, -861450],
    [-12219296400, 2550],
    [-2450998800, 3600],
    [-2208988800, 0],
  ],
};

test.each(Object.keys(SWITCHES))("instants of %s move as Spark moves them", (zone) => {
  for (const [second, difference] of SWITCHES[zone] ?? []) {
    const micros = BigInt(second) * 1_000_000n;
    expect(rebasedMicros(micros, zone) - micros).toBe(BigInt(difference) * 1_000_000n);
  }
});
