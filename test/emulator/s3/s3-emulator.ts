import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import {
  bucketLocation,
  createBucket,
  deleteBucket,
  deleteObjects,
  headBucket,
  listBuckets,
} from "./bucket-operations.ts";
import { listObjects } from "./list-objects.ts";
import {
  abortUpload,
  completeUpload,
  createUpload,
  listParts,
  listUploads,
  uploadPart,
} from "./multipart-operations.ts";
import {
  accessDenied,
  copyObject,
  deleteObject,
  getObject,
  putObject,
} from "./object-operations.ts";
import { readBody } from "./request-body.ts";
import { routeRequest } from "./route-request.ts";
import type { S3Answer, S3Call } from "./s3-call.ts";
import { S3Counters } from "./s3-counters.ts";
import type { S3Credentials } from "./s3-credentials.ts";
import { type S3FaultRule, S3Faults, type S3Operation, type S3Request } from "./s3-fault.ts";
import { S3Refusal } from "./s3-refusal.ts";
import { type Bucket, md5Hex, S3State, sortedKeys, store } from "./s3-state.ts";
import { refused, sendAnswer } from "./send-answer.ts";
import { verifySignature } from "./verify-signature.ts";

export interface S3EmulatorOptions {
  /** Default: any that is free. */
  readonly port?: number;
  readonly credentials: S3Credentials | readonly S3Credentials[];
  readonly faults?: readonly S3FaultRule[];
}

export interface S3Emulator {
  readonly endpoint: string;
  readonly counters: S3Counters;
  readonly faults: S3Faults;
  /** Beside the protocol, uncounted and unsigned. A region: requests signed for another are refused as S3 does. */
  createBucket(name: string, options?: { region?: string; requesterPays?: boolean }): void;
  put(bucket: string, key: string, bytes: Uint8Array): void;
  get(bucket: string, key: string): Uint8Array | null;
  keys(bucket: string, prefix?: string): readonly string[];
  /** Uploads begun and neither completed nor aborted. */
  openUploads(bucket: string): number;
  close(): Promise<void>;
}

const OPERATIONS: { readonly [operation in S3Operation]: (call: S3Call) => S3Answer } = {
  GetObject: getObject,
  HeadObject: getObject,
  PutObject: putObject,
  CopyObject: copyObject,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
  ListObjectsV2: listObjects,
  CreateMultipartUpload: createUpload,
  UploadPart: uploadPart,
  CompleteMultipartUpload: completeUpload,
  AbortMultipartUpload: abortUpload,
  ListMultipartUploads: listUploads,
  ListParts: listParts,
  CreateBucket: createBucket,
  DeleteBucket: deleteBucket,
  HeadBucket: headBucket,
  GetBucketLocation: bucketLocation,
  ListBuckets: listBuckets,
};

/** An S3 server in this process's memory. Every request must be signed by one of the credentials. */
export async function startS3Emulator(options: S3EmulatorOptions): Promise<S3Emulator> {
  const state = new S3State();
  const counters = new S3Counters();
  const faults = new S3Faults(options.faults);
  const credentials = [options.credentials].flat();
  const server = createServer((request, response) => {
    serve(request, response, { state, counters, faults, credentials }).catch(() =>
      response.destroy(),
    );
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    counters,
    faults,
    createBucket: (name, bucketOptions) => {
      state.create(name, bucketOptions);
    },
    put: (bucket, key, bytes) => {
      const copy = Buffer.from(bytes);
      store(state.bucket(bucket), key, {
        bytes: copy,
        etag: md5Hex(copy),
        headers: { "content-type": "application/octet-stream" },
      });
    },
    get: (bucket, key) => state.bucket(bucket).objects.get(key)?.bytes ?? null,
    keys: (bucket, prefix = "") =>
      sortedKeys(state.bucket(bucket)).filter((key) => key.startsWith(prefix)),
    openUploads: (bucket) => state.bucket(bucket).uploads.size,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Parts {
  readonly state: S3State;
  readonly counters: S3Counters;
  readonly faults: S3Faults;
  readonly credentials: readonly S3Credentials[];
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  parts: Parts,
): Promise<void> {
  let told: S3Request | null = null;
  let bytesIn = 0;
  const log = (status: number, bytesOut: number): void => {
    if (told !== null) parts.counters.record({ ...told, status, bytesIn, bytesOut });
  };
  try {
    const url = new URL(request.url ?? "/", "http://emulator");
    const body = await readBody(request);
    bytesIn = body.bytes.length;
    const route = routeRequest(request, url);
    told = { ...route, accessKeyId: accessKeyOf(request) };
    const { credentials, region } = verifySignature(request, url, parts.credentials);
    told = { ...told, accessKeyId: credentials.accessKeyId };
    const fault = parts.faults.of(told);
    if (fault?.kind === "error")
      throw new S3Refusal(fault.status, fault.code, fault.message, {
        headers: fault.headers ?? {},
      });
    if (fault?.kind === "lateError") throw new S3Refusal(200, fault.code);
    if (fault?.kind === "reset" && fault.afterBytes === undefined) throw new Broken();
    if (fault?.kind === "stall" && fault.afterBytes === undefined) await sleep(fault.ms);
    const bucket = parts.state.buckets.get(route.bucket);
    if (bucket !== undefined) checkBucket(bucket, region, request);
    const allows = (action: string, key: string): boolean =>
      credentials.allows?.(action, route.bucket, key, url.searchParams.get("prefix")) ?? true;
    if (route.operation !== "DeleteObjects" && !allows(route.action, route.key))
      throw accessDenied(route.action, route.bucket, route.key);
    const call: S3Call = {
      ...told,
      headers: request.headers,
      query: url.searchParams,
      body,
      state: parts.state,
      region,
      allows,
    };
    const answer = OPERATIONS[route.operation](call);
    if (fault?.kind === "lostAnswer") throw new Broken();
    const sent = await sendAnswer(request, response, answer, fault);
    log(sent === null ? 0 : answer.status, sent ?? 0);
  } catch (thrown) {
    if (thrown instanceof Broken) {
      log(0, 0);
      request.socket.destroy();
      return;
    }
    const refusal =
      thrown instanceof S3Refusal ? thrown : new S3Refusal(500, "InternalError", String(thrown));
    log(refusal.status, 0);
    await sendAnswer(request, response, refused(refusal), undefined);
  }
}

/** The connection is broken off before an answer. */
class Broken extends Error {}

function checkBucket(bucket: Bucket, region: string, request: IncomingMessage): void {
  if (bucket.region !== null && bucket.region !== region)
    throw new S3Refusal(
      301,
      "PermanentRedirect",
      "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.",
      {
        headers: { "x-amz-bucket-region": bucket.region },
        fields: {
          Endpoint: `${bucket.name}.s3.${bucket.region}.amazonaws.com`,
          Bucket: bucket.name,
        },
      },
    );
  if (bucket.requesterPays && request.headers["x-amz-request-payer"] !== "requester")
    throw new S3Refusal(403, "AccessDenied", "Access Denied");
}

const accessKeyOf = (request: IncomingMessage): string =>
  /Credential=([^/]+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "";
