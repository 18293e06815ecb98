import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDatetimePattern } from "../../../../src/builtins/datetime/datetime-pattern.ts";
import { parseDatetime } from "../../../../src/builtins/datetime/parse-datetime.ts";
import { zoneName } from "../../../../src/builtins/datetime/zone-name.ts";
import { localToUtcMicros } from "../../../../src/columnar/datetime/time-zone.ts";

interface Answers {
  readonly printed: readonly (readonly [
    zone: string,
    epochSecond: number,
    short: string,
    full: string,
  ])[];
  /** Offsets in seconds that a name has on 2020-01-15 and 2020-07-15; null where it is not read. */
  readonly read: readonly (readonly [
    pattern: string,
    name: string,
    january: number | null,
    july: number | null,
  ])[];
}

const answers = JSON.parse(
  readFileSync(new URL("../../../data/spark/zone-names.json", import.meta.url), "utf8"),
) as Answers;

function offsetOf(pattern: string, name: string, date: string): number | null {
  const items = parseDatetimePattern(`yyyy-MM-dd HH:mm ${pattern}`, "parsing");
  const parsed = parseDatetime(items, `${date} 12:00 ${name}`);
  if ("reason" in parsed) return null;
  const instant = localToUtcMicros(parsed.zone ?? "", parsed.localMicros);
  return Number(parsed.localMicros - instant) / 1e6;
}

describe("The names of time zones", () => {
  it("are printed as Spark does in standard time and in summer time", () => {
    const wrong = answers.printed.flatMap(([zone, second, short, full]) => {
      const micros = BigInt(second) * 1_000_000n;
      const ours = [zoneName(zone, micros, false), zoneName(zone, micros, true)];
      return ours[0] === short && ours[1] === full ? [] : [[zone, second, short, full, ...ours]];
    });
    expect(answers.printed.length).toBeGreaterThan(900);
    expect(wrong).toEqual([]);
  });

  it("are read as Spark does, short names by z and full names by zzzz", () => {
    const wrong = answers.read.flatMap(([pattern, name, january, july]) => {
      const ours = ["2020-01-15", "2020-07-15"].map((date) => offsetOf(pattern, name, date));
      return ours[0] === january && ours[1] === july ? [] : [[name, january, july, ...ours]];
    });
    expect(answers.read.length).toBeGreaterThan(300);
    expect(wrong).toEqual([]);
  });
});
