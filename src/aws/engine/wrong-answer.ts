import { errorFromJson, InternalError } from "../../common/errors.ts";
import type { CoordinatorAnswer } from "./coordinator-message.ts";

/** The error of an answer that does not fit its question: the coordinator's own where it is one. */
export function wrongAnswer(answer: CoordinatorAnswer): Error {
  if (answer.state === "failed") return errorFromJson(answer.error);
  return new InternalError({
    condition: "INVALID_COORDINATOR_ANSWER",
    message: `The coordinator answered with ${answer.state}; client and engine may be of different versions`,
    sqlState: "08P01",
  });
}
