/** A request as fault rules and the log see it. `action` is the IAM action that it needs. */
export interface S3Request {
  readonly action: string;
  readonly operation: S3Operation;
  readonly bucket: string;
  readonly key: string;
  readonly accessKeyId: string;
}

export type S3Operation =
  | "GetObject"
  | "HeadObject"
  | "PutObject"
  | "CopyObject"
  | "DeleteObject"
  | "DeleteObjects"
  | "ListObjectsV2"
  | "CreateMultipartUpload"
  | "UploadPart"
  | "CompleteMultipartUpload"
  | "AbortMultipartUpload"
  | "ListMultipartUploads"
  | "ListParts"
  | "CreateBucket"
  | "DeleteBucket"
  | "HeadBucket"
  | "GetBucketLocation"
  | "ListBuckets";

/** What goes wrong with one request. */
export type S3Fault =
  /** Refused with a status and S3's error code; nothing is done. */
  | {
      readonly kind: "error";
      readonly status: number;
      readonly code: string;
      readonly message?: string;
      readonly headers?: { readonly [name: string]: string };
    }
  /** Refused after the answer has begun with status 200; nothing is done. */
  | { readonly kind: "lateError"; readonly code: string }
  /** The connection breaks; before the answer, or after so many bytes of its body. */
  | { readonly kind: "reset"; readonly afterBytes?: number }
  /** The answer comes so much later; after so many bytes of its body where that is said. */
  | { readonly kind: "stall"; readonly ms: number; readonly afterBytes?: number }
  /** Everything is done, then the connection breaks before the answer. */
  | { readonly kind: "lostAnswer" }
  /** One bit of the body is wrong. */
  | { readonly kind: "corrupt" };

export type S3FaultRule = (request: S3Request) => S3Fault | undefined;

/** The rules in force; the first that gives a fault decides. */
export class S3Faults {
  private rules: readonly S3FaultRule[];

  constructor(rules: readonly S3FaultRule[] = []) {
    this.rules = rules;
  }

  /** Gives back what takes the rule away again. */
  add(rule: S3FaultRule): () => void {
    this.rules = [...this.rules, rule];
    return () => {
      this.rules = this.rules.filter((other) => other !== rule);
    };
  }

  clear(): void {
    this.rules = [];
  }

  of(request: S3Request): S3Fault | undefined {
    for (const rule of this.rules) {
      const fault = rule(request);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
}

type Which = (request: S3Request) => boolean;
const ANY: Which = () => true;

/** The fault for a share of the requests, the same ones for the same seed and order. */
export function oftenFault(
  share: number,
  fault: S3Fault,
  options: { readonly seed: number; readonly which?: Which },
): S3FaultRule {
  let state = options.seed >>> 0;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return (request) => ((options.which ?? ANY)(request) && random() < share ? fault : undefined);
}

/** The fault for the first requests of a kind. */
export function firstFault(times: number, fault: S3Fault, which: Which = ANY): S3FaultRule {
  let left = times;
  return (request) => (which(request) && left-- > 0 ? fault : undefined);
}
