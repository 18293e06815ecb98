import type { RequestFacts } from "./s3-error.ts";

/** What IAM must allow. */
export interface MissingPermission {
  /** Such as `s3:GetObject`. */
  readonly action: string;
  /** An ARN; null where nobody named it. */
  readonly resource: string | null;
}

const SENTENCE =
  /not authorized to perform: ([\w-]+:\w+)(?: on resource: (?:"([^"]+)"|([^\s"]+)))?/;

/** What IAM says it misses, which may be another action than the one asked for, or another service's; else that one. */
export function missingPermission(request: RequestFacts, said: string): MissingPermission {
  const [, action = request.action, quoted, plain] = SENTENCE.exec(said) ?? [];
  return { action, resource: quoted ?? plain ?? arnOf(request, action) };
}

function arnOf({ bucket, key }: RequestFacts, action: string): string | null {
  if (!action.startsWith("s3:")) return null;
  return `arn:aws:s3:::${bucket}${key === "" || action === "s3:ListBucket" ? "" : `/${key}`}`;
}
