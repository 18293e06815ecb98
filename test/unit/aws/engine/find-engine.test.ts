import { afterEach, describe, expect, it } from "vitest";
import { findEngine } from "../../../../src/aws/engine/find-engine.ts";
import { SignedRequests } from "../../../../src/aws/engine/signed-requests.ts";
import { type ScriptedAnswer, scriptedService } from "../../../support/scripted-service.ts";

const FACTS = { coordinator: "tindra-sales-coordinator", region: "eu-north-1" };
const FOUND: ScriptedAnswer = {
  status: 200,
  body: { Parameter: { Value: JSON.stringify(FACTS) } },
};
const refusal = (type: string, status = 400, message = "no"): ScriptedAnswer => ({
  status,
  body: { __type: type, message },
});

describe("Looking up an engine", () => {
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  const lookUp = async (...answers: ScriptedAnswer[]) => {
    const { endpoint, requests, close } = await scriptedService(answers);
    const signed = new SignedRequests({
      region: "eu-north-1",
      credentials: async () => ({ accessKeyId: "a", secretAccessKey: "very-secret" }),
      endpoint,
    });
    ends.push(close, () => signed.close());
    const found = findEngine(signed, "sales", "eu-north-1");
    const outcome: unknown = await found.catch((thrown: unknown) => thrown);
    return { outcome, requests };
  };

  it("reads its parameter", async () => {
    const { outcome, requests } = await lookUp(FOUND);
    expect(outcome).toEqual(FACTS);
    expect(requests[0]).toMatchObject({
      headers: {
        "x-amz-target": "AmazonSSM.GetParameter",
        authorization: expect.stringContaining("/eu-north-1/ssm/aws4_request"),
      },
      body: '{"Name":"/tindra/engines/sales"}',
    });
  });

  it("says that there is none, without asking for a name that none can have", async () => {
    const missing = { condition: "ENGINE_NOT_FOUND", retryable: false };
    const { outcome } = await lookUp(refusal("ParameterNotFound"));
    expect(outcome).toMatchObject({
      ...missing,
      details: { engine: "sales", region: "eu-north-1" },
    });
    const nobody = new SignedRequests({
      region: "eu-north-1",
      credentials: async () => ({ accessKeyId: "a", secretAccessKey: "s" }),
      endpoint: "http://127.0.0.1:1",
    });
    ends.push(() => nobody.close());
    await expect(findEngine(nobody, "a/b", "eu-north-1")).rejects.toMatchObject(missing);
  });

  it("names the permission that is missing", async () => {
    const { outcome, requests } = await lookUp(refusal("AccessDeniedException"));
    expect(outcome).toMatchObject({
      family: "storage",
      condition: "ACCESS_DENIED",
      retryable: false,
      message: expect.stringMatching(/engine sales: ssm:GetParameter must be allowed .*grantQuery/),
      details: { action: "ssm:GetParameter" },
    });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ["ExpiredTokenException", "CREDENTIALS_EXPIRED"],
    ["UnrecognizedClientException", "CREDENTIALS_REFUSED"],
    ["com.amazon.coral.service#InvalidSignatureException", "CREDENTIALS_REFUSED"],
  ])(
    "says of %s that the credentials are at fault, and not which they are",
    async (type, condition) => {
      const { outcome, requests } = await lookUp(refusal(type));
      expect(outcome).toMatchObject({
        condition,
        retryable: false,
        message: expect.stringContaining("aws sso login"),
        details: { engine: "sales" },
      });
      expect(JSON.stringify(outcome)).not.toContain("very-secret");
      expect(requests).toHaveLength(1);
    },
  );

  it("asks again where SSM has no room, a fault, or does not answer", async () => {
    const { outcome, requests } = await lookUp(
      refusal("ThrottlingException", 400, "Rate exceeded"),
      refusal("InternalServerError", 500),
      null,
      { status: 503 },
      FOUND,
    );
    expect(outcome).toEqual(FACTS);
    expect(requests).toHaveLength(5);
  });

  it.each([
    ["ThrottlingException Rate exceeded", refusal("ThrottlingException", 400, "Rate exceeded")],
    ["HTTP 503", { status: 503 }],
  ])("ends after five times %s with an error that may be retried", async (told, answer) => {
    const { outcome, requests } = await lookUp(answer);
    expect(outcome).toMatchObject({
      condition: "ENGINE_LOOKUP_FAILED",
      retryable: true,
      message: `Engine sales could not be looked up: ${told}`,
    });
    expect(requests).toHaveLength(5);
  });

  it("is given up at once where asking again is of no use", async () => {
    const { outcome, requests } = await lookUp(refusal("ValidationException", 400, "bad name"));
    expect(outcome).toMatchObject({ condition: "ENGINE_LOOKUP_FAILED", retryable: false });
    expect(requests).toHaveLength(1);
  });

  it("says that no answer came where none ever comes", async () => {
    const { outcome, requests } = await lookUp(null);
    expect(outcome).toMatchObject({ condition: "NETWORK_FAILED", retryable: true });
    expect(requests).toHaveLength(5);
  });
});
