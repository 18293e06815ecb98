import { createHash } from "node:crypto";
import { StorageError } from "../../common/errors.ts";
import type { CredentialSource, Credentials } from "../s3/credentials.ts";
import { type HttpAnswer, HttpTransport } from "../s3/http-transport.ts";
import { sameCredentials } from "../s3/same-credentials.ts";
import { RequestSigner } from "../s3/sign-request.ts";
import { errorTypeOf } from "./error-type.ts";
import { refusedCredentials } from "./refused-credentials.ts";
import { serviceOrigin } from "./service-origin.ts";

export interface SignedRequest {
  readonly service: "lambda" | "ssm";
  /** Encoded. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

export interface SignedRequestsOptions {
  readonly region: string;
  readonly credentials: CredentialSource;
  /** For all services; null: AWS itself. */
  readonly endpoint: string | null;
  readonly maxSockets?: number;
  /** A request whose answer takes longer is given up. Default: as long as a function may run, and a bit. */
  readonly idleTimeoutMs?: number;
}

/** Lambda takes 15 minutes at most. */
const MAX_CALL_MS = 920_000;

/**
 * POSTs to AWS's services other than S3. Credentials that are refused are renewed once a request. Rejects with
 * `NETWORK_FAILED` where no whole answer came.
 */
export class SignedRequests {
  private readonly options: SignedRequestsOptions;
  private readonly transport: HttpTransport;
  private readonly signer = new RequestSigner();

  constructor(options: SignedRequestsOptions) {
    this.options = options;
    this.transport = new HttpTransport({
      maxSockets: options.maxSockets ?? 1000,
      idleTimeoutMs: options.idleTimeoutMs ?? MAX_CALL_MS,
    });
  }

  async post(request: SignedRequest): Promise<HttpAnswer> {
    const { credentials } = this.options;
    const used = await credentials();
    const answer = await this.send(request, used);
    if (refusedCredentials(errorTypeOf(answer)) === null) return answer;
    const renewed = await credentials(used);
    return sameCredentials(renewed, used) ? answer : this.send(request, renewed);
  }

  close(): void {
    this.transport.close();
  }

  private async send(
    { service, path, headers, body }: SignedRequest,
    credentials: Credentials,
  ): Promise<HttpAnswer> {
    const { region, endpoint } = this.options;
    const origin = endpoint === null ? serviceOrigin(service, region) : new URL(endpoint);
    const bytes = Buffer.from(body);
    const signed = this.signer.sign(
      {
        method: "POST",
        host: origin.host,
        // Outside of S3 what is signed is the path encoded twice.
        path: path.split("/").map(encodeURIComponent).join("/"),
        query: [],
        headers: { ...headers, "content-length": `${bytes.length}` },
        payloadHash: createHash("sha256").update(bytes).digest("hex"),
      },
      credentials,
      region,
      Date.now(),
      service,
    );
    try {
      return await this.transport.send({
        method: "POST",
        origin,
        path,
        headers: signed,
        body: [bytes],
        signal: undefined,
      });
    } catch (cause) {
      throw noAnswer(service, cause);
    }
  }
}

const noAnswer = (service: string, cause: unknown): StorageError =>
  new StorageError({
    condition: "NETWORK_FAILED",
    message: `No answer came from ${service}: ${cause instanceof Error ? cause.message : String(cause)}`,
    sqlState: "08006",
    retryable: true,
    cause,
  });
