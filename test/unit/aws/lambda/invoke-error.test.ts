import { describe, expect, it } from "vitest";
import { invokeError } from "../../../../src/aws/lambda/invoke-error.ts";

describe("A refused invocation", () => {
  const refused = (status: number, errorType: string, message: string) =>
    invokeError("f", {
      status,
      isFunctionError: false,
      errorType,
      body: JSON.stringify({ message }),
    });

  it.each([
    [403, "ExpiredTokenException", "CREDENTIALS_EXPIRED"],
    [403, "UnrecognizedClientException", "CREDENTIALS_REFUSED"],
    [403, "InvalidSignatureException:http://internal.amazon.com/", "CREDENTIALS_REFUSED"],
    [403, "MissingAuthenticationTokenException", "CREDENTIALS_REFUSED"],
    [400, "IncompleteSignatureException", "CREDENTIALS_REFUSED"],
  ])("with %d %s is one of credentials", (status, errorType, condition) => {
    const error = refused(status, errorType, "The security token included in the request is bad");
    expect(error).toMatchObject({ condition, retryable: false, details: { functionName: "f" } });
    expect(error.message).toContain("sign in again");
    expect(error.message).not.toContain("lambda:InvokeFunction");
  });

  it("for want of a permission names it", () => {
    expect(refused(403, "AccessDeniedException", "User: u is not authorized")).toMatchObject({
      condition: "ACCESS_DENIED",
      message: expect.stringMatching(/needs lambda:InvokeFunction on it .*User: u/),
      details: { action: "lambda:InvokeFunction" },
    });
  });
});
