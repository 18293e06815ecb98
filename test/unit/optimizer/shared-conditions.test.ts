import { expect, test } from "vitest";
import { Session } from "../../../src/session/session.ts";

test("a condition and the call inside of it are both shared, and planning ends, where each is repeated", async () => {
  const session = Session.local({ workers: 1 });
  const { rows } = await session
    .sql("SELECT lower(x) = 'a' AND lower(x) = 'b', lower(x) = 'a' FROM VALUES ('A') t(x)")
    .run()
    .then((result) => ({ rows: [...result.engineRows()] }));
  await session.stop();
  expect(rows).toEqual([[false, true]]);
});
