import { setTimeout as sleep } from "node:timers/promises";
import { TindraError } from "../../common/errors.ts";
import { AdaptiveLimit } from "./adaptive-limit.ts";
import { BucketRegions } from "./bucket-regions.ts";
import { type CredentialSource, type Credentials, credentialChain } from "./credentials.ts";
import { encodeKey } from "./encode-key.ts";
import { Hedge } from "./hedge.ts";
import { type HttpAnswer, HttpTransport } from "./http-transport.ts";
import { RetryBudget } from "./retry-budget.ts";
import {
  codeOf,
  networkFailed,
  place,
  type RequestFacts,
  s3Error,
  wrongRegion,
} from "./s3-error.ts";
import { S3_DEFAULTS, type S3Settings } from "./s3-settings.ts";
import { NO_USAGE, type RequestKind, type S3Usage } from "./s3-usage.ts";
import { sameCredentials } from "./same-credentials.ts";
import { canonicalQuery, EMPTY_HASH, RequestSigner, UNSIGNED_PAYLOAD } from "./sign-request.ts";
import { xmlText } from "./xml-fields.ts";

export interface S3Request extends RequestFacts {
  readonly kind: RequestKind;
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  readonly query?: readonly (readonly [name: string, value: string])[];
  /** Lower-case names. */
  readonly headers?: { readonly [name: string]: string };
  readonly body?: readonly Uint8Array[];
  /** The bytes that are expected, of a request that may be sent twice when it is slow. */
  readonly hedgedBytes?: number;
  /** The answer begins before S3 knows how it ends: an error may follow a 200. */
  readonly mayFailLate?: boolean;
  /** An error code after which the same request cannot go well any more. */
  readonly finalCode?: string;
}

export interface S3Answer extends HttpAnswer {
  /** From 1; above it an attempt before may have been carried out. */
  readonly attempt: number;
}

/** An answer with what its request was signed for; the client may know better by now. */
interface SignedAnswer extends HttpAnswer {
  readonly credentials: Credentials;
  readonly region: string;
}

const BASE_MS = 25;
const CAP_MS = 5000;

/**
 * Signed requests to S3: retried under a budget, slowed down when S3 asks for it, sent to the region that S3 names.
 * Ends with `close`.
 */
export class S3Client {
  readonly settings: S3Settings;
  private readonly credentials: CredentialSource;
  private readonly transport: HttpTransport;
  private readonly regions: BucketRegions;
  private readonly limit: AdaptiveLimit;
  private readonly hedge: Hedge | null;
  private readonly signer = new RequestSigner();
  private readonly budget = new RetryBudget();
  private clockSkewMs = 0;
  private totals: S3Usage = NO_USAGE;

  constructor(
    settings: Partial<S3Settings> = {},
    credentials: CredentialSource = credentialChain(),
  ) {
    this.settings = { ...S3_DEFAULTS, ...settings };
    const { maxRequests, idleTimeoutMs, hedgeAfterMs } = this.settings;
    this.credentials = credentials;
    this.transport = new HttpTransport({ maxSockets: 2 * maxRequests, idleTimeoutMs });
    this.regions = new BucketRegions(this.settings);
    this.limit = new AdaptiveLimit(maxRequests);
    this.hedge = hedgeAfterMs === null ? null : new Hedge(hedgeAfterMs);
  }

  /** Since the client was made. */
  get usage(): S3Usage {
    return this.totals;
  }

  /** The answer, whose status is below 300. Rejects with a `StorageError`, retryable where all attempts failed so. */
  async send(request: S3Request): Promise<S3Answer> {
    const isFixable = { credentials: true, clock: true, region: true };
    for (let attempt = 1; ; ) {
      const answer = await this.attempt(request, attempt > 1).catch((thrown: unknown) =>
        asError(request, thrown),
      );
      if (!(answer instanceof TindraError)) {
        if (answer.status < 300) {
          this.budget.settle(attempt - 1);
          return { ...answer, attempt };
        }
        if (await this.fix(request, answer, isFixable)) continue;
      }
      const error =
        answer instanceof TindraError ? answer : s3Error(request, { ...answer, attempt });
      const isFinal =
        !error.retryable ||
        (request.finalCode !== undefined && codeOf(error) === request.finalCode);
      if (isFinal) this.budget.settle(attempt - 1);
      if (isFinal || attempt >= this.settings.attempts || !this.budget.take()) throw error;
      this.count({ retries: 1 });
      await sleep(Math.random() * Math.min(CAP_MS, BASE_MS * 2 ** attempt));
      attempt++;
    }
  }

  close(): void {
    this.transport.close();
  }

  private attempt(request: S3Request, isRetry: boolean): Promise<SignedAnswer> {
    const isThrottled = ({ status }: HttpAnswer): boolean => status === 503 || status === 429;
    const send = async (): Promise<SignedAnswer> => {
      if (this.hedge === null || request.hedgedBytes === undefined) return this.once(request);
      return this.hedge.run(
        request.hedgedBytes,
        (signal) => this.once(request, signal),
        () => this.count({ hedges: 1 }),
      );
    };
    return this.limit.run(send, isThrottled, isRetry);
  }

  private async once(request: S3Request, signal?: AbortSignal): Promise<SignedAnswer> {
    const { bucket, key, method, query = [], body = [] } = request;
    const credentials = await this.credentials();
    const { origin, region, isInPath } = await this.regions.endpointOf(bucket);
    const path = `/${isInPath ? `${bucket}/` : ""}${encodeKey(key)}`;
    const sizeBytes = body.reduce((sum, piece) => sum + piece.length, 0);
    const headers = this.signer.sign(
      {
        method,
        host: origin.host,
        path,
        query,
        headers: {
          ...(method === "PUT" || method === "POST" ? { "content-length": String(sizeBytes) } : {}),
          ...(this.settings.requesterPays ? { "x-amz-request-payer": "requester" } : {}),
          ...request.headers,
        },
        payloadHash: sizeBytes === 0 ? EMPTY_HASH : UNSIGNED_PAYLOAD,
      },
      credentials,
      region,
      Date.now() + this.clockSkewMs,
    );
    const pathAndQuery = query.length === 0 ? path : `${path}?${canonicalQuery(query)}`;
    const answer = await this.transport.send({
      method,
      origin,
      path: pathAndQuery,
      headers,
      body,
      signal,
    });
    if (answer.status < 500)
      this.count({
        [request.kind]: 1,
        bytesRead: answer.body.length,
        bytesWritten: answer.status < 300 ? sizeBytes : 0,
      });
    const status = request.mayFailLate === true ? lateStatus(answer) : answer.status;
    return { ...answer, status, credentials, region };
  }

  /** True if something was set right, so that the same request may now go well; each thing once. */
  private async fix(
    request: S3Request,
    answer: SignedAnswer,
    can: { credentials: boolean; clock: boolean; region: boolean },
  ): Promise<boolean> {
    const text = Buffer.from(answer.body).toString();
    const code = xmlText(text, "Code") ?? "";
    if (can.clock && code === "RequestTimeTooSkewed") {
      can.clock = false;
      this.clockSkewMs = Date.parse(answer.headers["date"] ?? "") - Date.now() || 0;
      return true;
    }
    if (can.credentials && RENEWABLE.test(code)) {
      can.credentials = false;
      return !sameCredentials(await this.credentials(answer.credentials), answer.credentials);
    }
    const header = answer.headers["x-amz-bucket-region"] ?? null;
    if (!isElsewhere(answer, code, header)) return false;
    const told = header ?? xmlText(text, "Region");
    if (!can.region || told === null || told === answer.region)
      throw wrongRegion(request, answer.region, told);
    can.region = false;
    this.regions.learn(request.bucket, told);
    return true;
  }

  private count(added: Partial<S3Usage>): void {
    const totals: { -readonly [K in keyof S3Usage]: number } = { ...this.totals };
    for (const [name, value] of Object.entries(added)) totals[name as keyof S3Usage] += value;
    this.totals = totals;
  }
}

/** Refusals after which others of the same source may be taken. */
const RENEWABLE = /^(ExpiredToken|TokenRefreshRequired|InvalidToken|InvalidAccessKeyId)/;

function lateStatus({ status, body }: HttpAnswer): number {
  return status < 300 && xmlText(Buffer.from(body).toString(), "Code") !== null ? 500 : status;
}

/** What is asked by HEAD is refused without a code. */
const isElsewhere = (
  { status, region }: SignedAnswer,
  code: string,
  bucketRegion: string | null,
): boolean =>
  status === 301 ||
  status === 307 ||
  code === "AuthorizationHeaderMalformed" ||
  code === "IllegalLocationConstraintException" ||
  (status === 400 && code === "" && bucketRegion !== null && bucketRegion !== region);

function asError(request: S3Request, thrown: unknown): TindraError {
  if (thrown instanceof TindraError && thrown.condition !== "NETWORK_FAILED") return thrown;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return thrown instanceof TindraError ? thrown : networkFailed(place(request), reason, thrown);
}
