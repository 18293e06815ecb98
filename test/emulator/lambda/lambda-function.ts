/** A function as its template describes it. */
export interface LambdaFunction {
  readonly name: string;
  /** The module and its export, as in `index.handler`; the module may end in `.ts`. */
  readonly handler: string;
  /** The folder that holds the module. */
  readonly code: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly environment: { readonly [name: string]: string };
  /** Null: shares what the account has. */
  readonly reservedConcurrency: number | null;
}

export const functionArn = (name: string): string =>
  `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

/** The name in a name, an ARN or an ARN with an alias. */
export function functionNameOf(reference: string): string {
  return decodeURIComponent(reference)
    .replace(/^arn:aws:lambda:[^:]+:\d+:function:/, "")
    .replace(/:.*$/, "");
}
