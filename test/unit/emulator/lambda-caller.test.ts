import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RequestSigner } from "../../../src/aws/s3/sign-request.ts";
import { LambdaEmulator } from "../../emulator/lambda/lambda-emulator.ts";
import { functionArn } from "../../emulator/lambda/lambda-function.ts";

const KEYS = { accessKeyId: "one", secretAccessKey: "of-one", sessionToken: "token" };
const EVENT = '{"does":"echo"}';

describe("the Lambda emulator, told who may call,", () => {
  let emulator: LambdaEmulator;
  const asked: string[] = [];
  beforeAll(async () => {
    emulator = await LambdaEmulator.start({
      functions: ["open", "shut"].map((name) => ({
        name,
        handler: "handlers.ts.handler",
        code: import.meta.dirname,
        memoryMb: 256,
        timeoutSeconds: 5,
        environment: {},
        reservedConcurrency: null,
      })),
      parameters: { "/open": "value", "/shut": "value" },
      callers: [
        {
          ...KEYS,
          allows: (action, arn) => {
            asked.push(`${action} ${arn}`);
            return !arn.includes("shut");
          },
        },
      ],
    });
  });
  afterAll(() => emulator.close());

  interface Call {
    readonly to?: string;
    readonly target?: string;
    readonly keys?: typeof KEYS;
    readonly signed?: string;
    readonly body?: string;
  }

  async function call({ to = "open", target, keys = KEYS, body = EVENT, signed = body }: Call) {
    const path = target ? "/" : `/2015-03-31/functions/${encodeURIComponent(to)}/invocations`;
    const digest = await crypto.subtle.digest("SHA-256", Buffer.from(signed));
    const { host, ...headers } = new RequestSigner().sign(
      {
        method: "POST",
        host: new URL(emulator.endpoint).host,
        path: path.split("/").map(encodeURIComponent).join("/"),
        query: [],
        headers: target ? { "x-amz-target": target } : {},
        payloadHash: Buffer.from(digest).toString("hex"),
      },
      keys,
      "us-east-1",
      Date.now(),
      target ? "ssm" : "lambda",
    );
    const answer = await fetch(`${emulator.endpoint}${path}`, { method: "POST", headers, body });
    return { status: answer.status, text: await answer.text() };
  }

  it("lets in who signed and may, and notes who it was", async () => {
    const live = `${functionArn("open")}:live`;
    expect((await call({ to: live })).status).toBe(200);
    expect(emulator.log.at(-1)).toMatchObject({ functionName: "open", accessKeyId: "one" });
    expect(asked.at(-1)).toBe(`lambda:InvokeFunction ${live}`);
  });

  it("refuses who may not", async () => {
    const { status, text } = await call({ to: "shut" });
    expect(status).toBe(403);
    expect(text).toContain("one is not authorized to perform: lambda:InvokeFunction on resource");
    const target = "AmazonSSM.GetParameter";
    expect(await call({ target, body: '{"Name":"/open"}' })).toMatchObject({ status: 200 });
    expect(await call({ target, body: '{"Name":"/shut"}' })).toMatchObject({ status: 400 });
  });

  it.each<[string, Call]>([
    ["a key that is nobody's", { keys: { ...KEYS, accessKeyId: "two" } }],
    ["another secret", { keys: { ...KEYS, secretAccessKey: "of-two" } }],
    ["another token", { keys: { ...KEYS, sessionToken: "old" } }],
    ["a signature of another event", { signed: "{}" }],
  ])("refuses %s", async (_, how) => {
    const { length } = emulator.log;
    expect((await call(how)).status).toBe(403);
    expect(emulator.log).toHaveLength(length);
  });

  it("refuses who does not sign", async () => {
    const url = `${emulator.endpoint}/2015-03-31/functions/open/invocations`;
    expect((await fetch(url, { method: "POST", body: EVENT })).status).toBe(403);
  });
});
