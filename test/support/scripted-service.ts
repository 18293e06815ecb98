import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** What a service answers; null: the connection breaks before an answer. */
export type ScriptedAnswer = {
  readonly status: number;
  readonly errorType?: string;
  readonly body?: object;
} | null;

export interface ScriptedService {
  readonly endpoint: string;
  /** So far, in order. */
  readonly requests: readonly { readonly headers: IncomingHttpHeaders; readonly body: string }[];
  close(): void;
}

/** A service of AWS that gives the answers one after the other, the last one for ever. */
export async function scriptedService(
  answers: readonly ScriptedAnswer[],
): Promise<ScriptedService> {
  const requests: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)] ?? null;
    requests.push({ headers: request.headers, body: await text(request) });
    if (answer === null) {
      request.socket.destroy();
      return;
    }
    const { status, errorType, body = {} } = answer;
    response
      .writeHead(status, errorType === undefined ? {} : { "x-amzn-errortype": errorType })
      .end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
