/** An invocation as fault rules see it. */
export interface Invocation {
  readonly functionName: string;
  /** From 0, over all functions. */
  readonly index: number;
  readonly payload: string;
}

/** What goes wrong with one invocation. */
export type LambdaFault =
  /** Refused with 429; nothing runs. */
  | { readonly kind: "throttle" }
  /** Refused with a status of 500 and more; nothing runs. */
  | { readonly kind: "error"; readonly status: number }
  /** The process dies so long after the function got its event; at once unless said. */
  | { readonly kind: "kill"; readonly afterMs?: number }
  /** The process dies when all is done, before the answer leaves it. */
  | { readonly kind: "killBeforeAnswer" }
  /** All is done, then the connection breaks before the answer. */
  | { readonly kind: "lostAnswer" }
  /** The function gets its event so much later. */
  | { readonly kind: "late"; readonly ms: number }
  /** Two environments run it; the caller gets the later answer. */
  | { readonly kind: "twice" };

export type LambdaFaultRule = (invocation: Invocation) => LambdaFault | undefined;

/** The fault for a share of the invocations, the same ones for the same seed and order. */
export function oftenFault(
  share: number,
  fault: LambdaFault,
  options: { readonly seed: number; readonly which?: (invocation: Invocation) => boolean },
): LambdaFaultRule {
  let state = options.seed >>> 0;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return (invocation) =>
    (options.which?.(invocation) ?? true) && random() < share ? fault : undefined;
}

/** The fault for the first invocations of a kind. */
export function firstFault(
  times: number,
  fault: LambdaFault,
  which: (invocation: Invocation) => boolean = () => true,
): LambdaFaultRule {
  let left = times;
  return (invocation) => (which(invocation) && left-- > 0 ? fault : undefined);
}
