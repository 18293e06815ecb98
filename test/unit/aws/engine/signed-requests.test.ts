import { afterEach, describe, expect, it } from "vitest";
import { serviceOrigin } from "../../../../src/aws/engine/service-origin.ts";
import { SignedRequests } from "../../../../src/aws/engine/signed-requests.ts";
import { HttpInvokeClient } from "../../../../src/aws/lambda/http-invoke-client.ts";
import { invokeError } from "../../../../src/aws/lambda/invoke-error.ts";
import { cachedCredentials } from "../../../../src/aws/s3/cached-credentials.ts";
import { type ScriptedAnswer, scriptedService } from "../../../support/scripted-service.ts";

describe("A signed request", () => {
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  const invoke = async (keys: readonly string[], ...answers: ScriptedAnswer[]) => {
    const { endpoint, requests, close } = await scriptedService(answers);
    let asked = 0;
    const credentials = cachedCredentials(async () => {
      const accessKeyId = keys[Math.min(asked++, keys.length - 1)] ?? "";
      return { accessKeyId, secretAccessKey: "s", sessionToken: `${accessKeyId}-token` };
    });
    const client = new HttpInvokeClient(
      new SignedRequests({ region: "us-east-1", credentials, endpoint }),
    );
    ends.push(close, () => client.close());
    const answer = await client.invoke("f", "{}");
    return { answer, tokens: requests.map(({ headers }) => headers["x-amz-security-token"]) };
  };
  const refused = (errorType: string, status = 403): ScriptedAnswer => ({ status, errorType });

  it.each(["ExpiredTokenException", "UnrecognizedClientException:http://internal/"])(
    "is sent again with new credentials after %s",
    async (errorType) => {
      const { answer, tokens } = await invoke(["old", "new"], refused(errorType), { status: 200 });
      expect(answer.status).toBe(200);
      expect(tokens).toEqual(["old-token", "new-token"]);
    },
  );

  it("is sent again once only, and not where there are no other credentials", async () => {
    const expired = refused("ExpiredTokenException");
    const again = await invoke(["old", "new", "newer"], expired);
    expect(again.tokens).toEqual(["old-token", "new-token"]);
    const same = await invoke(["old"], expired);
    expect(same.tokens).toEqual(["old-token"]);
    expect(invokeError("f", same.answer)).toMatchObject({ condition: "CREDENTIALS_EXPIRED" });
  });

  it("is not sent again after another refusal, nor after an answer that speaks of one", async () => {
    expect((await invoke(["old", "new"], refused("AccessDeniedException"))).tokens).toHaveLength(1);
    const told = { status: 200, body: { __type: "ExpiredTokenException" } };
    expect((await invoke(["old", "new"], told)).tokens).toHaveLength(1);
  });

  it("goes to the region's own partition", () => {
    expect(serviceOrigin("lambda", "eu-north-1").host).toBe("lambda.eu-north-1.amazonaws.com");
    expect(serviceOrigin("lambda", "cn-north-1").host).toBe("lambda.cn-north-1.amazonaws.com.cn");
    expect(serviceOrigin("ssm", "cn-northwest-1").host).toBe("ssm.cn-northwest-1.amazonaws.com.cn");
  });
});
