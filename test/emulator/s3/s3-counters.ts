import type { S3Operation, S3Request } from "./s3-fault.ts";

export interface LoggedRequest extends S3Request {
  readonly status: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** Requests as S3 would bill them: those it answered with less than 500. */
export interface BilledRequests {
  readonly gets: number;
  readonly heads: number;
  /** With copies and each request of a multipart upload but the abort. */
  readonly puts: number;
  readonly lists: number;
  /** Requests, not objects. */
  readonly deletes: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

const KINDS: {
  readonly [operation in S3Operation]?: "gets" | "heads" | "puts" | "lists" | "deletes";
} = {
  GetObject: "gets",
  HeadObject: "heads",
  PutObject: "puts",
  CopyObject: "puts",
  CreateMultipartUpload: "puts",
  UploadPart: "puts",
  CompleteMultipartUpload: "puts",
  AbortMultipartUpload: "deletes",
  DeleteObject: "deletes",
  DeleteObjects: "deletes",
  ListObjectsV2: "lists",
};

/** Every request that reached the server, in order of its end. A connection that was broken has status 0. */
export class S3Counters {
  private readonly log: LoggedRequest[] = [];

  get requests(): readonly LoggedRequest[] {
    return this.log;
  }

  record(request: LoggedRequest): void {
    this.log.push(request);
  }

  reset(): void {
    this.log.length = 0;
  }

  billed(which: (request: LoggedRequest) => boolean = () => true): BilledRequests {
    const sums = { gets: 0, heads: 0, puts: 0, lists: 0, deletes: 0, bytesIn: 0, bytesOut: 0 };
    for (const request of this.log) {
      const kind = KINDS[request.operation];
      if (kind === undefined || request.status >= 500 || !which(request)) continue;
      sums[kind]++;
      sums.bytesIn += request.bytesIn;
      sums.bytesOut += request.bytesOut;
    }
    return sums;
  }

  /** How many requests ended with each status. */
  statuses(): { readonly [status: number]: number } {
    const counts: { [status: number]: number } = {};
    for (const { status } of this.log) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  }
}
