import { setTimeout as sleep } from "node:timers/promises";
import type { TindraError } from "../../common/errors.ts";
import type { InvokeAnswer, InvokeClient } from "./invoke-client.ts";
import { invokeError, isThrottled } from "./invoke-error.ts";

export interface BackOff {
  /** The wait before try `n + 1` is random, up to `baseMs * 2 ** n` and at most `capMs` (full jitter). */
  readonly baseMs: number;
  readonly capMs: number;
  /** How long to go on when Lambda has no room. */
  readonly budgetMs: number;
}

export const BACK_OFF: BackOff = { baseMs: 50, capMs: 2000, budgetMs: 300_000 };

/** Invokes a function, and again while Lambda has no room or a fault. Throws what `invokeError` makes of any other end. */
export async function invokeWithRetry(
  client: Pick<InvokeClient, "invoke">,
  functionName: string,
  payload: string,
  options: {
    readonly event?: boolean;
    readonly signal?: AbortSignal;
    readonly backOff?: BackOff;
  } = {},
): Promise<string> {
  const { event = false, signal, backOff = BACK_OFF } = options;
  const startMs = performance.now();
  for (let tries = 0; ; tries++) {
    const answer = await client.invoke(functionName, payload, { event });
    if (isFine(answer)) return answer.body;
    const error: TindraError = invokeError(functionName, answer);
    if (!isThrottled(answer) || performance.now() - startMs > backOff.budgetMs) throw error;
    const most = Math.min(backOff.capMs, backOff.baseMs * 2 ** Math.min(tries, 20));
    await sleep(Math.random() * most, undefined, signal === undefined ? {} : { signal }).catch(
      () => undefined,
    );
    if (signal?.aborted === true) throw error;
  }
}

const isFine = ({ status, isFunctionError }: InvokeAnswer): boolean =>
  status >= 200 && status < 300 && !isFunctionError;
