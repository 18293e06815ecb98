import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { StorageError } from "../../common/errors.ts";
import { networkFailed } from "./s3-error.ts";

export interface HttpRequest {
  readonly method: string;
  readonly origin: URL;
  /** With the query. */
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: readonly Uint8Array[];
  readonly signal: AbortSignal | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array;
}

/** A connection is there after so long, or it is given up: a host that drops packets never says no. */
const CONNECT_TIMEOUT_MS = 5000;

const PROBE_AFTER_MS = 30_000;

/** Plain requests over connections that are kept. Rejects with what the network threw, or `NETWORK_FAILED`. */
export class HttpTransport {
  private readonly http: HttpAgent;
  private readonly https: HttpsAgent;
  private readonly idleTimeoutMs: number;
  private readonly connectTimeoutMs: number;

  constructor(options: {
    readonly maxSockets: number;
    readonly idleTimeoutMs: number;
    /** TLS included. Default 5 s. */
    readonly connectTimeoutMs?: number;
  }) {
    const { maxSockets, connectTimeoutMs = CONNECT_TIMEOUT_MS } = options;
    const settings = { keepAlive: true, maxSockets, scheduling: "lifo" } as const;
    this.http = new HttpAgent(settings);
    this.https = new HttpsAgent(settings);
    this.idleTimeoutMs = options.idleTimeoutMs;
    this.connectTimeoutMs = connectTimeoutMs;
  }

  send(wanted: HttpRequest): Promise<HttpAnswer> {
    const { origin, method, path, headers, body, signal } = wanted;
    const isTls = origin.protocol === "https:";
    return new Promise((resolve, reject) => {
      const request = (isTls ? httpsRequest : httpRequest)({
        method,
        hostname: origin.hostname.replace(/^\[|\]$/g, ""),
        port: origin.port === "" ? undefined : Number(origin.port),
        path,
        headers,
        agent: isTls ? this.https : this.http,
        ...(signal === undefined ? {} : { signal }),
      });
      request.setTimeout(this.idleTimeoutMs, () => {
        request.destroy(networkFailed(path, `nothing moved for ${this.idleTimeoutMs} ms`));
      });
      // Routers forget a connection on which nothing moves, as while a function runs for minutes.
      request.setSocketKeepAlive(true, PROBE_AFTER_MS);
      this.limitConnecting(request, path, isTls);
      request.on("error", reject);
      request.on("response", (response) => {
        bodyOf(response, method).then(
          (bytes) => resolve(answerOf(response, bytes)),
          (thrown) => {
            request.destroy();
            reject(thrown);
          },
        );
      });
      for (const piece of body) request.write(piece);
      request.end();
    });
  }

  /** Of `request.setTimeout` the time begins only when the connection is there. */
  private limitConnecting(request: ClientRequest, path: string, isTls: boolean): void {
    request.once("socket", (socket) => {
      if (request.reusedSocket) return;
      const timer = setTimeout(() => {
        request.destroy(networkFailed(path, `no connection within ${this.connectTimeoutMs} ms`));
      }, this.connectTimeoutMs);
      const stop = (): void => clearTimeout(timer);
      socket.once(isTls ? "secureConnect" : "connect", stop).once("close", stop);
    });
  }

  /** Closes all connections. */
  close(): void {
    this.http.destroy();
    this.https.destroy();
  }
}

function answerOf(response: IncomingMessage, body: Uint8Array): HttpAnswer {
  const headers: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(response.headers))
    if (value !== undefined) headers[name] = String(value);
  return { status: response.statusCode ?? 0, headers, body };
}

function bodyOf(response: IncomingMessage, method: string): Promise<Uint8Array> {
  const said = response.headers["content-length"];
  const size = said === undefined || method === "HEAD" ? null : Number(said);
  return size === null ? gathered(response) : filled(response, size);
}

/** Into one buffer of the size that was said. */
function filled(response: IncomingMessage, size: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(size);
  let at = 0;
  return new Promise((resolve, reject) => {
    response.on("data", (piece: Buffer) => {
      at += piece.copy(bytes, at);
    });
    response.on("end", () => (at === size ? resolve(bytes) : reject(cutOff(response, at, size))));
    response.on("error", reject);
  });
}

async function gathered(response: IncomingMessage): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for await (const piece of response) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function cutOff(response: IncomingMessage, at: number, size: number): StorageError {
  return networkFailed(response.url ?? "", `the answer ended after ${at} of ${size} bytes`);
}
