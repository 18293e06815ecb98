import type { SignedRequests } from "../engine/signed-requests.ts";
import type { InvokeAnswer, InvokeClient } from "./invoke-client.ts";

/** Invokes functions by plain signed requests. */
export class HttpInvokeClient implements InvokeClient {
  private readonly requests: SignedRequests;

  constructor(requests: SignedRequests) {
    this.requests = requests;
  }

  async invoke(
    functionName: string,
    payload: string,
    options: { event?: boolean } = {},
  ): Promise<InvokeAnswer> {
    const { status, headers, body } = await this.requests.post({
      service: "lambda",
      path: `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`,
      headers: {
        "content-type": "application/json",
        "x-amz-invocation-type": options.event === true ? "Event" : "RequestResponse",
      },
      body: payload,
    });
    return {
      status,
      isFunctionError: headers["x-amz-function-error"] !== undefined,
      errorType: headers["x-amzn-errortype"] ?? "",
      body: Buffer.from(body).toString(),
    };
  }

  close(): void {
    this.requests.close();
  }
}
