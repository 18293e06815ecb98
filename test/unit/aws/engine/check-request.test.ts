import { describe, expect, it } from "vitest";
import { checkRequest } from "../../../../src/aws/engine/check-request.ts";
import type { CoordinatorRequest } from "../../../../src/aws/engine/coordinator-message.ts";

const ID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

describe("A request to a coordinator", () => {
  it("is checked before it becomes part of keys", () => {
    checkRequest({ action: "resume", requestId: ID, takeover: 3 });
    checkRequest({ action: "status", requestId: ID });
  });

  const wrong: readonly (readonly [request: unknown, field: string])[] = [
    [null, "action"],
    ["start", "action"],
    [{ action: "status", requestId: "../other" }, "requestId"],
    [{ action: "cancel", requestId: 7 }, "requestId"],
    ...[0, -1, 1.5, 1e9, "1", null].map(
      (takeover) => [{ action: "resume", requestId: ID, takeover }, "takeover"] as const,
    ),
  ];
  it.each(wrong)("is refused where it is %j", (request, field) => {
    expect(() => checkRequest(request as CoordinatorRequest)).toThrow(
      expect.objectContaining({ condition: "INVALID_COORDINATOR_REQUEST", details: { field } }),
    );
  });
});
