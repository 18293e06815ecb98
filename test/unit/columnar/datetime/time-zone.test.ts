import { describe, expect, it } from "vitest";
import {
  isTimeZone,
  isUtc,
  localToUtcMicros,
  zoneOffsetMicros,
} from "../../../../src/columnar/datetime/time-zone.ts";

const SECOND = 1_000_000n;

describe("Time zones", () => {
  it("know the offset of an instant, in summer, winter, local mean time and the far future", () => {
    const offset = (zone: string, text: string): bigint =>
      zoneOffsetMicros(zone, BigInt(Date.parse(text)) * 1000n) / SECOND;
    expect(offset("America/Los_Angeles", "2024-01-01T00:00:00Z")).toBe(-28_800n);
    expect(offset("America/Los_Angeles", "2024-07-01T00:00:00Z")).toBe(-25_200n);
    expect(offset("America/Los_Angeles", "1850-01-01T00:00:00Z")).toBe(-28_378n);
    expect(offset("America/Los_Angeles", "9999-07-01T00:00:00Z")).toBe(-25_200n);
    expect(offset("PST", "2024-07-01T00:00:00Z")).toBe(-25_200n);
    expect(offset("Asia/Kathmandu", "2024-07-01T00:00:00Z")).toBe(20_700n);
  });

  it("change the offset in the very second of the transition", () => {
    const change = 1_710_064_800n;
    expect(zoneOffsetMicros("America/Los_Angeles", change * SECOND - 1n)).toBe(-28_800n * SECOND);
    expect(zoneOffsetMicros("America/Los_Angeles", change * SECOND)).toBe(-25_200n * SECOND);
  });

  it("read offsets in all of Java's forms", () => {
    for (const name of ["+01:30", "UTC+01:30", "GMT+1:30", "+0130"])
      expect(zoneOffsetMicros(name, 0n)).toBe(5400n * SECOND);
    expect(zoneOffsetMicros("-8", 0n)).toBe(-28_800n * SECOND);
    expect(["Z", "UTC", "GMT", "+00:00"].every(isUtc)).toBe(true);
  });

  it("keep the preferred offset in the hour that comes twice", () => {
    const local = BigInt(Date.parse("2024-11-03T01:30:00Z")) * 1000n;
    const zone = "America/Los_Angeles";
    expect(localToUtcMicros(zone, local)).toBe(local + 25_200n * SECOND);
    expect(localToUtcMicros(zone, local, -28_800n * SECOND)).toBe(local + 28_800n * SECOND);
  });

  it("refuse unknown names with a typed error", () => {
    expect(["Mars/Base", "+19:00", "utc+x", "", "+01:60"].some(isTimeZone)).toBe(false);
    expect(() => zoneOffsetMicros("Mars/Base", 0n)).toThrow(
      expect.objectContaining({ condition: "INVALID_TIMEZONE", sqlState: "22009" }),
    );
  });
});
