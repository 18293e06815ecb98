import { describe, expect, it } from "vitest";
import { EMPTY_HASH, RequestSigner } from "../../../../src/aws/s3/sign-request.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
const KEYS = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
const NOW = Date.UTC(2013, 4, 24);

describe("A signature", () => {
  it.each([
    [[["lifecycle", ""]], "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"],
    [
      [
        ["prefix", "J"],
        ["max-keys", "2"],
      ],
      "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
    ],
  ] as const)("of GET with %j is the one in S3's manual", (query, signature) => {
    const headers = new RequestSigner().sign(
      {
        method: "GET",
        host: "examplebucket.s3.amazonaws.com",
        path: "/",
        query,
        headers: {},
        payloadHash: EMPTY_HASH,
      },
      KEYS,
      "us-east-1",
      NOW,
    );
    expect(headers["authorization"]).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${signature}`,
    );
  });

  it("is another for another secret of the same key", () => {
    const signer = new RequestSigner();
    const sign = (secretAccessKey: string) =>
      signer.sign(
        { method: "GET", host: "h", path: "/", query: [], headers: {}, payloadHash: EMPTY_HASH },
        { accessKeyId: "a", secretAccessKey },
        "us-east-1",
        NOW,
      )["authorization"];
    expect(sign("one")).not.toBe(sign("two"));
    expect(sign("one")).toBe(sign("one"));
  });
});
