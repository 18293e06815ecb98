import { expect, it } from "vitest";
import { selectConstants } from "../../../support/builtin-harness.ts";

it.each([
  ["TIMESTAMP'2020-03-08 12:00:00', TIMESTAMP'2020-02-07 12:00:00'", "1.03091398"],
  [
    "TIMESTAMP'2020-03-08 12:00:00.1', TIMESTAMP'2020-02-07 12:00:00.9', false",
    "1.0309139784946237",
  ],
  ["TIMESTAMP'2020-11-01 12:00:00', TIMESTAMP'2020-02-07 12:00:00.9', false", "8.807795698924732"],
])("months_between counts the seconds of a day with a change of the clock: %s", (args, spark) => {
  const timeZone = "America/Los_Angeles";
  expect(selectConstants(`SELECT months_between(${args})`, { timeZone }).cells).toEqual([spark]);
});
