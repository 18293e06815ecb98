import type { IncomingHttpHeaders } from "node:http";
import type { RequestBody } from "./request-body.ts";
import type { S3Request } from "./s3-fault.ts";
import type { S3State } from "./s3-state.ts";

/** A request whose signature, body and permission are in order. */
export interface S3Call extends S3Request {
  readonly headers: IncomingHttpHeaders;
  readonly query: URLSearchParams;
  readonly body: RequestBody;
  readonly state: S3State;
  readonly region: string;
  /** What IAM says for the sender. */
  readonly allows: (action: string, key: string) => boolean;
}

export interface S3Answer {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  /** A string is XML. */
  readonly body?: Buffer | string;
}

export const headerOf = (call: S3Call, name: string): string | undefined =>
  call.headers[name]?.toString();
