/** An error as S3 answers it. */
export class S3Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: { readonly [name: string]: string };
  readonly fields: { readonly [name: string]: string };

  constructor(
    status: number,
    code: string,
    message: string = code,
    extra: {
      readonly headers?: { readonly [name: string]: string };
      readonly fields?: { readonly [name: string]: string };
    } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = extra.headers ?? {};
    this.fields = extra.fields ?? {};
  }
}

export const noSuchKey = (): S3Refusal =>
  new S3Refusal(404, "NoSuchKey", "The specified key does not exist.");

export const preconditionFailed = (condition: string): S3Refusal =>
  new S3Refusal(
    412,
    "PreconditionFailed",
    "At least one of the pre-conditions you specified did not hold",
    { fields: { Condition: condition } },
  );
