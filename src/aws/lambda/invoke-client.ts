/** What Lambda's Invoke answered. */
export interface InvokeAnswer {
  readonly status: number;
  /** The header `x-amz-function-error`: the function ended with an error, which `body` tells. */
  readonly isFunctionError: boolean;
  /** Of a refusal: the header `x-amzn-errortype`. */
  readonly errorType: string;
  readonly body: string;
}

/** Lambda's Invoke. Rejects with `NETWORK_FAILED` where no answer came; everything else is an answer. */
export interface InvokeClient {
  /** `event`: answers as soon as the event is taken. */
  invoke(
    functionName: string,
    payload: string,
    options?: { event?: boolean },
  ): Promise<InvokeAnswer>;
  close(): void;
}
