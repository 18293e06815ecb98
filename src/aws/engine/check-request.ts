import { AnalysisError } from "../../common/errors.ts";
import { type CoordinatorRequest, isRequestId } from "./coordinator-message.ts";

/** Of one query: at 15 minutes each more than ten days. */
const MAX_TAKEOVERS = 1000;

/** Throws `INVALID_COORDINATOR_REQUEST` for what cannot be keys of the control folder. */
export function checkRequest(request: CoordinatorRequest | null): void {
  if (request === null || typeof request !== "object") throw wrongRequest("action");
  if ("requestId" in request && !isRequestId(request.requestId)) throw wrongRequest("requestId");
  if (request.action !== "resume") return;
  const { takeover } = request;
  const isNumber = Number.isInteger(takeover) && 0 < takeover && takeover <= MAX_TAKEOVERS;
  if (!isNumber) throw wrongRequest("takeover");
}

/** The error of a request that a client of another version may have sent. */
export const wrongRequest = (field: string): AnalysisError =>
  new AnalysisError({
    condition: "INVALID_COORDINATOR_REQUEST",
    message: `The request's ${field} is not one that this engine knows; client and engine may be of different versions`,
    sqlState: "08P01",
    details: { field },
  });
