import { ResourcesError, StorageError, type TindraError } from "../../common/errors.ts";
import { refusedCredentials } from "../engine/refused-credentials.ts";
import type { InvokeAnswer } from "./invoke-client.ts";

interface FunctionError {
  readonly errorType?: string;
  readonly errorMessage?: string;
}

/** Why an invocation gave no answer of the function's own. All but refusals for good are retryable. */
export function invokeError(functionName: string, answer: InvokeAnswer): TindraError {
  return answer.isFunctionError
    ? functionError(functionName, functionErrorOf(answer.body))
    : refusal(functionName, answer);
}

/** True if to ask the very same again: too many at once, or a fault of the service. */
export const isThrottled = ({ status }: InvokeAnswer): boolean => status === 429 || status >= 500;

function functionErrorOf(body: string): FunctionError {
  try {
    return JSON.parse(body) as FunctionError;
  } catch {
    return { errorMessage: body };
  }
}

function functionError(functionName: string, error: FunctionError): ResourcesError {
  const { errorType = "", errorMessage = "" } = error;
  const details = { functionName, errorType, reason: errorMessage };
  if (errorType === "Sandbox.Timedout" || /timed out after/i.test(errorMessage))
    return new ResourcesError({
      condition: "FUNCTION_TIMED_OUT",
      message: `An invocation of ${functionName} reached its time limit. Give the engine a longer timeout or more memory, or make tasks smaller with spark.sql.files.maxPartitionBytes.`,
      sqlState: "57014",
      retryable: true,
      wantsLess: true,
      details,
    });
  if (errorType === "Runtime.OutOfMemory" || /signal: killed/i.test(errorMessage))
    return new ResourcesError({
      condition: "FUNCTION_OUT_OF_MEMORY",
      message: `An environment of ${functionName} was killed, most likely for want of memory. Give the engine more memory, or make tasks smaller with spark.sql.files.maxPartitionBytes.`,
      sqlState: "53200",
      retryable: true,
      wantsLess: true,
      details,
    });
  return new ResourcesError({
    condition: "FUNCTION_LOST",
    message: `${functionName} ended without an answer: ${errorMessage}`,
    sqlState: "58000",
    retryable: true,
    details,
  });
}

function refusal(functionName: string, { status, errorType, body }: InvokeAnswer): TindraError {
  const name = errorType.replace(/:.*$/, "");
  const details = { functionName, status, errorType: name };
  if (status === 404)
    return new ResourcesError({
      condition: "ENGINE_NOT_FOUND",
      message: `There is no function ${functionName}. Check the engine's name and region, and that it is deployed.`,
      sqlState: "42704",
      details,
    });
  const credentials = refusedCredentials(name, { functionName, status });
  if (credentials !== null) return credentials;
  if (status === 403)
    return new StorageError({
      condition: "ACCESS_DENIED",
      message: `Not allowed to invoke ${functionName}: the caller needs lambda:InvokeFunction on it (${messageOf(body)})`,
      sqlState: "42501",
      details: { ...details, action: "lambda:InvokeFunction" },
    });
  if (status === 429)
    return new ResourcesError({
      condition: "CONCURRENCY_EXHAUSTED",
      message: `${functionName} had no free environment for too long. Raise the account's or the function's concurrency, or run fewer queries at once.`,
      sqlState: "53300",
      retryable: true,
      details,
    });
  return new ResourcesError({
    condition: "INVOKE_REFUSED",
    message: `Lambda refused to run ${functionName}: ${status} ${name} ${messageOf(body)}`,
    sqlState: "58000",
    retryable: status >= 500,
    details,
  });
}

function messageOf(body: string): string {
  try {
    const { message, Message } = JSON.parse(body) as { message?: string; Message?: string };
    return message ?? Message ?? "";
  } catch {
    return "";
  }
}
