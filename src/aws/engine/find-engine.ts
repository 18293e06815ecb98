import { setTimeout as sleep } from "node:timers/promises";
import { ResourcesError, StorageError } from "../../common/errors.ts";
import type { HttpAnswer } from "../s3/http-transport.ts";
import { errorTypeOf } from "./error-type.ts";
import { refusedCredentials } from "./refused-credentials.ts";
import type { SignedRequest, SignedRequests } from "./signed-requests.ts";

/** Where an engine's parts are, as its deployment wrote it down. */
export interface EngineFacts {
  readonly coordinator: string;
  readonly exchangeBucket: string;
  readonly dataBuckets: readonly string[];
  readonly region: string;
  readonly memoryMb: number;
  readonly architecture: string;
  readonly concurrency: number;
}

const MAX_TRIES = 5;
/** The wait before try `n + 1` is random, up to `BASE_MS * 2 ** n` (full jitter). */
const BASE_MS = 50;
const NAME = /^[A-Za-z0-9_-]+$/;

/** Reads the SSM parameter of an engine. Throws `ENGINE_NOT_FOUND`, or `ACCESS_DENIED` with the missing action. */
export async function findEngine(
  requests: SignedRequests,
  engine: string,
  region: string,
): Promise<EngineFacts> {
  if (!NAME.test(engine)) throw notFound(engine, region);
  const answer = await lookUp(requests, `/tindra/engines/${engine}`);
  const { Parameter, message, Message } = jsonOf(Buffer.from(answer.body).toString());
  if (answer.status === 200 && Parameter !== undefined)
    return JSON.parse(Parameter.Value) as EngineFacts;
  if (errorTypeOf(answer) === "ParameterNotFound") throw notFound(engine, region);
  throw refused(engine, answer, message ?? Message ?? "");
}

/** Asks again where no answer came, where SSM has no room, or a fault. */
async function lookUp(requests: SignedRequests, name: string): Promise<HttpAnswer> {
  const request: SignedRequest = {
    service: "ssm",
    path: "/",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AmazonSSM.GetParameter",
    },
    body: JSON.stringify({ Name: name }),
  };
  for (let tries = 1; tries < MAX_TRIES; tries++) {
    const answer = await requests.post(request).catch(nullIfLost);
    if (answer !== null && !isPassing(answer)) return answer;
    await sleep(Math.random() * BASE_MS * 2 ** tries);
  }
  return requests.post(request);
}

function nullIfLost(thrown: unknown): null {
  if (thrown instanceof StorageError && thrown.condition === "NETWORK_FAILED") return null;
  throw thrown;
}

const isPassing = (answer: HttpAnswer): boolean =>
  answer.status === 429 ||
  answer.status >= 500 ||
  /^(Throttl|TooManyRequests|RequestLimitExceeded)/.test(errorTypeOf(answer));

interface ParameterAnswer {
  readonly Parameter?: { readonly Value: string };
  readonly message?: string;
  readonly Message?: string;
}

function jsonOf(text: string): ParameterAnswer {
  try {
    return JSON.parse(text) as ParameterAnswer;
  } catch {
    return {};
  }
}

const notFound = (engine: string, region: string): ResourcesError =>
  new ResourcesError({
    condition: "ENGINE_NOT_FOUND",
    message: `There is no engine ${engine} in ${region}. Check its name and region (\`--region\`, AWS_REGION), or deploy it`,
    sqlState: "42704",
    details: { engine, region },
  });

function refused(engine: string, answer: HttpAnswer, message: string): StorageError {
  const errorType = errorTypeOf(answer) || `HTTP ${answer.status}`;
  const details = { engine, errorType };
  if (/AccessDenied/.test(errorType))
    return new StorageError({
      condition: "ACCESS_DENIED",
      message: `Not allowed to look up engine ${engine}: ssm:GetParameter must be allowed on its parameter; the construct's grantQuery allows it`,
      sqlState: "42501",
      details: { ...details, action: "ssm:GetParameter" },
    });
  return (
    refusedCredentials(errorType, { engine }) ??
    new StorageError({
      condition: "ENGINE_LOOKUP_FAILED",
      message: `Engine ${engine} could not be looked up: ${errorType} ${message}`.trimEnd(),
      sqlState: "58000",
      retryable: isPassing(answer),
      details,
    })
  );
}
