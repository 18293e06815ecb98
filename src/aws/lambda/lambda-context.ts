/** What Lambda tells a handler besides its event. */
export interface LambdaContext {
  readonly functionName: string;
  readonly invokedFunctionArn: string;
  /** Until the invocation is killed. */
  getRemainingTimeInMillis(): number;
}
