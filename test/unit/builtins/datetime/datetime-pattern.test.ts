import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDatetimePattern } from "../../../../src/builtins/datetime/datetime-pattern.ts";
import { formatDatetime } from "../../../../src/builtins/datetime/format-datetime.ts";
import { parseDatetime } from "../../../../src/builtins/datetime/parse-datetime.ts";
import { parseTimestamp } from "../../../../src/columnar/datetime/datetime-text.ts";
import { localToUtcMicros } from "../../../../src/columnar/datetime/time-zone.ts";
import { TindraError } from "../../../../src/common/errors.ts";

interface Answers {
  readonly formatting: {
    readonly timestamps: readonly string[];
    readonly patterns: {
      readonly [pattern: string]: readonly string[] | { readonly error: string | null };
    };
  };
  readonly parsing: readonly {
    readonly text: string;
    readonly pattern: string;
    readonly micros?: string;
    readonly error?: string;
    readonly reason?: string | null;
  }[];
}

const ZONE = "America/Los_Angeles";
const answers = JSON.parse(
  readFileSync(new URL("../../../data/spark/datetime-patterns.json", import.meta.url), "utf8"),
) as Answers;

function conditionOf(run: () => unknown): string | null {
  try {
    run();
  } catch (error) {
    return error instanceof TindraError ? error.condition : String(error);
  }
  return null;
}

describe("A datetime pattern", () => {
  for (const [pattern, wanted] of Object.entries(answers.formatting.patterns)) {
    it(`formats as Spark's does: ${pattern}`, () => {
      const format = (): readonly string[] =>
        answers.formatting.timestamps.map((text) =>
          formatDatetime(
            parseDatetimePattern(pattern, "formatting"),
            parseTimestamp(text, ZONE) ?? 0n,
            ZONE,
          ),
        );
      if (!("error" in wanted)) expect(format()).toEqual(wanted);
      else if (wanted.error === null) expect(conditionOf(format)).not.toBeNull();
      else expect(conditionOf(format)).toBe(wanted.error);
    });
  }

  for (const { text, pattern, micros, error, reason } of answers.parsing) {
    it(`reads as Spark's does: ${text} by ${pattern}`, () => {
      const read = () => parseDatetime(parseDatetimePattern(pattern, "parsing"), text);
      if (error !== undefined && error !== "CANNOT_PARSE_TIMESTAMP") {
        expect(conditionOf(read)).toBe(error);
        return;
      }
      const parsed = read();
      if ("reason" in parsed) {
        expect(error).toBe("CANNOT_PARSE_TIMESTAMP");
        if (reason) expect(parsed.reason).toContain(reason.slice(0, 80));
      } else {
        const instant = localToUtcMicros(parsed.zone ?? ZONE, parsed.localMicros);
        expect(instant.toString()).toBe(micros);
      }
    });
  }
});
