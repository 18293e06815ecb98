import { ResourcesError, StorageError } from "../../common/errors.ts";
import type { SignedRequests } from "./signed-requests.ts";

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

const NAME = /^[A-Za-z0-9_-]+$/;

/** Reads the SSM parameter of an engine. Throws `ENGINE_NOT_FOUND`, or `ACCESS_DENIED` with the missing action. */
export async function findEngine(
  requests: SignedRequests,
  engine: string,
  region: string,
): Promise<EngineFacts> {
  if (!NAME.test(engine)) throw notFound(engine, region);
  const { status, body } = await requests.post({
    service: "ssm",
    path: "/",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AmazonSSM.GetParameter",
    },
    body: JSON.stringify({ Name: `/tindra/engines/${engine}` }),
  });
  const answer = jsonOf(Buffer.from(body).toString());
  if (status === 200 && answer.Parameter !== undefined)
    return JSON.parse(answer.Parameter.Value) as EngineFacts;
  const type = (answer.__type ?? "").replace(/^.*#/, "");
  if (type === "ParameterNotFound") throw notFound(engine, region);
  throw refused(engine, type || `HTTP ${status}`, answer.message ?? answer.Message ?? "");
}

interface ParameterAnswer {
  readonly Parameter?: { readonly Value: string };
  readonly __type?: string;
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

function refused(engine: string, type: string, message: string): StorageError {
  const details = { engine, errorType: type };
  if (/^(UnrecognizedClient|InvalidClientToken|InvalidSignature|ExpiredToken)/.test(type))
    return new StorageError({
      condition: type.startsWith("Expired") ? "CREDENTIALS_EXPIRED" : "CREDENTIALS_REFUSED",
      message: `AWS does not take the credentials (${type}); sign in again, such as with \`aws sso login\``,
      sqlState: "28000",
      details,
    });
  if (/AccessDenied/.test(type))
    return new StorageError({
      condition: "ACCESS_DENIED",
      message: `Not allowed to look up engine ${engine}: ssm:GetParameter must be allowed on its parameter; the construct's grantQuery allows it`,
      sqlState: "42501",
      details: { ...details, action: "ssm:GetParameter" },
    });
  return new StorageError({
    condition: "ENGINE_LOOKUP_FAILED",
    message: `Engine ${engine} could not be looked up: ${type} ${message}`,
    sqlState: "58000",
    details,
  });
}
