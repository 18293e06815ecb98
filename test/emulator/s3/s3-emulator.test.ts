import { randomBytes } from "node:crypto";
import { Agent } from "node:http";
import { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type S3Emulator, startS3Emulator } from "./s3-emulator.ts";
import { firstFault, oftenFault } from "./s3-fault.ts";

const Bucket = "bucket";
const OWNER = { accessKeyId: "owner", secretAccessKey: "owner-secret" };
const READER = {
  accessKeyId: "reader",
  secretAccessKey: "reader-secret",
  sessionToken: "reader-token",
  allows: (action: string, _bucket: string, key: string) =>
    action === "s3:GetObject" && key.startsWith("open/"),
};
const LATE = { accessKeyId: "late", secretAccessKey: "late-secret", isExpired: true };

describe("The S3 emulator, asked by the AWS SDK,", () => {
  let emulator: S3Emulator;
  let s3: S3Client;
  const client = (config: S3ClientConfig = {}): S3Client =>
    new S3Client({
      endpoint: emulator.endpoint,
      region: "us-east-1",
      forcePathStyle: true,
      credentials: OWNER,
      maxAttempts: 1,
      ...config,
    });
  const put = (Key: string, Body: string | Uint8Array, more: object = {}) =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
  const get = async (Key: string, more: object = {}, from = s3): Promise<Buffer> => {
    const answer = await from.send(new GetObjectCommand({ Bucket, Key, ...more }));
    return Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
  };
  const refusal = (name: string, status: number) => ({
    name,
    $metadata: { httpStatusCode: status },
  });

  beforeAll(async () => {
    emulator = await startS3Emulator({ credentials: [OWNER, READER, LATE] });
    s3 = client();
    await s3.send(new CreateBucketCommand({ Bucket }));
  });
  afterAll(async () => {
    s3.destroy();
    await emulator.close();
  });
  beforeEach(() => {
    emulator.faults.clear();
    emulator.counters.reset();
  });

  it("keeps objects put whole and as a signed stream", async () => {
    const bytes = randomBytes(100_000);
    await put("whole", bytes, { Metadata: { colour: "red" } });
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "whole" }));
    expect(head).toMatchObject({ ContentLength: 100_000, Metadata: { colour: "red" } });
    expect((await get("whole")).equals(bytes)).toBe(true);
    const Body = Readable.from([bytes.subarray(0, 60_000), bytes.subarray(60_000)]);
    await s3.send(
      new PutObjectCommand({ Bucket, Key: "stream", Body, ContentLength: bytes.length }),
    );
    expect((await get("stream", { ChecksumMode: "ENABLED" })).equals(bytes)).toBe(true);
  });

  it("gives ranges from the front, from the end and open ones, and refuses others", async () => {
    await put("digits", "0123456789");
    expect(String(await get("digits", { Range: "bytes=2-4" }))).toBe("234");
    expect(String(await get("digits", { Range: "bytes=-3" }))).toBe("789");
    expect(String(await get("digits", { Range: "bytes=8-" }))).toBe("89");
    expect(String(await get("digits", { Range: "bytes=8-99" }))).toBe("89");
    await expect(get("digits", { Range: "bytes=10-11" })).rejects.toMatchObject(
      refusal("InvalidRange", 416),
    );
  });

  it("keeps the conditions of reads and writes", async () => {
    await put("once", "a", { IfNoneMatch: "*" });
    const lost = refusal("PreconditionFailed", 412);
    await expect(put("once", "b", { IfNoneMatch: "*" })).rejects.toMatchObject(lost);
    await expect(put("once", "b", { IfMatch: '"0"' })).rejects.toMatchObject(lost);
    await expect(get("once", { IfMatch: '"0"' })).rejects.toMatchObject(lost);
    const { ETag } = await s3.send(new HeadObjectCommand({ Bucket, Key: "once" }));
    await put("once", "c", { IfMatch: ETag });
    expect(String(await get("once"))).toBe("c");
    const races = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => put("race", String(i), { IfNoneMatch: "*" })),
    );
    expect(races.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("lists in byte order, page by page, by delimiter, and whatever the key", async () => {
    const odd = "list/dt=2024-01-01/a b+c%é&<>.parquet";
    for (const key of ["list/a/b", "list/a-b", "list/aB", odd]) await put(key, "x");
    const keys: (string | undefined)[] = [];
    let token: string | undefined;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket, Prefix: "list/", MaxKeys: 3, ContinuationToken: token }),
      );
      keys.push(...(page.Contents ?? []).map((object) => object.Key));
      token = page.NextContinuationToken;
    } while (token !== undefined);
    expect(keys).toEqual(["list/a-b", "list/a/b", "list/aB", odd]);
    expect(String(await get(odd))).toBe("x");
    const folders = await s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: "list/", Delimiter: "/" }),
    );
    expect(folders.CommonPrefixes?.map((common) => common.Prefix)).toEqual([
      "list/a/",
      "list/dt=2024-01-01/",
    ]);
    expect(folders.Contents?.map((object) => object.Key)).toEqual(["list/a-b", "list/aB"]);
  });

  it("joins the parts of an upload, and refuses small, wrong and lost ones", async () => {
    const first = randomBytes(5 << 20);
    const Key = "parts";
    const upload = async (parts: readonly Uint8Array[], wrong: object = {}, more: object = {}) => {
      const created = { Bucket, Key, ChecksumAlgorithm: "CRC32" } as const;
      const { UploadId } = await s3.send(new CreateMultipartUploadCommand(created));
      const Parts = await Promise.all(
        parts.map(async (Body, i) => {
          const part = { Bucket, Key, UploadId, PartNumber: i + 1, Body };
          const { ETag, ChecksumCRC32 } = await s3.send(new UploadPartCommand(part));
          return { PartNumber: i + 1, ETag, ChecksumCRC32, ...wrong };
        }),
      );
      const end = { Bucket, Key, UploadId, MultipartUpload: { Parts }, ...more };
      return s3.send(new CompleteMultipartUploadCommand(end));
    };
    expect((await upload([first, Buffer.from("end")])).ETag).toMatch(/-2"$/);
    expect((await get(Key)).length).toBe(first.length + 3);
    const small = [Buffer.from("a"), Buffer.from("b")];
    await expect(upload(small)).rejects.toMatchObject(refusal("EntityTooSmall", 400));
    for (const wrong of [{ ETag: '"0"' }, { ChecksumCRC32: "AAAAAA==" }])
      await expect(upload([first], wrong)).rejects.toMatchObject(refusal("InvalidPart", 400));
    await expect(upload([first], { ChecksumCRC32: undefined })).rejects.toMatchObject({
      message: expect.stringContaining("missing for part 1"),
    });
    await expect(upload([first], {}, { IfNoneMatch: "*" })).rejects.toMatchObject(
      refusal("PreconditionFailed", 412),
    );
    const open = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
    expect(open.Uploads).toHaveLength(5);
    for (const { UploadId } of open.Uploads ?? [])
      await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    expect(emulator.openUploads(Bucket)).toBe(0);
  });

  it("takes only checksums of parts that the upload was created for", async () => {
    const Key = "unchecked";
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const part = { Bucket, Key, UploadId, PartNumber: 1, Body: "x" };
    await expect(s3.send(new UploadPartCommand(part))).rejects.toMatchObject({
      message: expect.stringContaining("expected checksum Type: null, actual checksum Type: crc32"),
    });
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
  });

  it("copies objects and ranges of them", async () => {
    await put("source", "0123456789");
    await s3.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `${Bucket}/source` }));
    expect(String(await get("copy"))).toBe("0123456789");
    const Key = "copied range";
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const { CopyPartResult } = await s3.send(
      new UploadPartCopyCommand({
        Bucket,
        Key,
        UploadId,
        PartNumber: 1,
        CopySource: `${Bucket}/source`,
        CopySourceRange: "bytes=3-5",
      }),
    );
    const Parts = [{ PartNumber: 1, ETag: CopyPartResult?.ETag }];
    await s3.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
    );
    expect(String(await get(Key))).toBe("345");
  });

  it("deletes many objects with one request", async () => {
    for (const key of ["gone/a", "gone/b"]) await put(key, "x");
    emulator.counters.reset();
    const Objects = ["gone/a", "gone/b", "gone/never"].map((Key) => ({ Key }));
    const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Deleted).toHaveLength(3);
    expect(emulator.keys(Bucket, "gone/")).toEqual([]);
    expect(emulator.counters.billed()).toMatchObject({ deletes: 1, puts: 0 });
  });

  it("refuses wrong secrets, wrong tokens, expired ones and wrong checksums", async () => {
    const as = (credentials: object) =>
      get("whole", {}, client({ credentials: { ...OWNER, ...credentials } }));
    const wrong = await as({ secretAccessKey: "wrong" }).catch((error: unknown) => error);
    expect(wrong).toMatchObject(refusal("SignatureDoesNotMatch", 403));
    await expect(as({ accessKeyId: "nobody" })).rejects.toMatchObject(
      refusal("InvalidAccessKeyId", 403),
    );
    await expect(as({ sessionToken: "?" })).rejects.toMatchObject(refusal("InvalidToken", 400));
    await expect(as(LATE)).rejects.toMatchObject(refusal("ExpiredToken", 400));
    await expect(put("bad", "hello", { ChecksumCRC32: "AAAAAA==" })).rejects.toMatchObject(
      refusal("BadDigest", 400),
    );
  });

  it("does what IAM allows, names what it does not, and hides missing keys from who may not list", async () => {
    const reader = client({ credentials: READER });
    await put("open/a", "x");
    await put("shut/a", "x");
    expect(String(await get("open/a", {}, reader))).toBe("x");
    await expect(get("shut/a", {}, reader)).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringMatching(
        /perform: s3:GetObject on resource: "arn:aws:s3:::bucket\/shut\/a"/,
      ),
    });
    await expect(get("open/none", {}, reader)).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining("s3:ListBucket"),
    });
    await expect(get("none")).rejects.toMatchObject(refusal("NoSuchKey", 404));
    await expect(get("none", { Bucket: "nowhere" })).rejects.toMatchObject(
      refusal("NoSuchBucket", 404),
    );
  });

  it("sends requests for another region away, and wants payers to say so", async () => {
    emulator.createBucket("far", { region: "eu-central-1" });
    emulator.put("far", "a", Buffer.from("x"));
    await expect(get("a", { Bucket: "far" })).rejects.toMatchObject(
      refusal("PermanentRedirect", 301),
    );
    const near = client({ region: "eu-central-1" });
    expect(String(await get("a", { Bucket: "far" }, near))).toBe("x");
    emulator.createBucket("paid", { requesterPays: true });
    emulator.put("paid", "a", Buffer.from("x"));
    await expect(get("a", { Bucket: "paid" })).rejects.toMatchObject(refusal("AccessDenied", 403));
    expect(String(await get("a", { Bucket: "paid", RequestPayer: "requester" }))).toBe("x");
  });

  it("answers for a bucket in the host's name", async () => {
    const { port } = new URL(emulator.endpoint);
    const httpAgent = new Agent({
      lookup: (_host, options, done) =>
        options.all
          ? done(null, [{ address: "127.0.0.1", family: 4 }])
          : done(null, "127.0.0.1", 4),
    });
    const virtual = client({
      endpoint: `http://localhost:${port}`,
      forcePathStyle: false,
      requestHandler: { httpAgent },
    });
    await put("virtual", "x");
    expect(String(await get("virtual", {}, virtual))).toBe("x");
    httpAgent.destroy();
  });

  it("fails where its fault rules say, and counts what it was asked", async () => {
    await put("k", "0123456789");
    emulator.counters.reset();
    emulator.faults.add(firstFault(1, { kind: "error", status: 503, code: "SlowDown" }));
    await expect(get("k")).rejects.toMatchObject(refusal("SlowDown", 503));
    emulator.faults.add(firstFault(1, { kind: "reset", afterBytes: 3 }));
    await expect(get("k")).rejects.toThrow(/aborted|reset/);
    emulator.faults.add(firstFault(1, { kind: "lostAnswer" }));
    await expect(put("lost", "x")).rejects.toThrow(/hang up|reset/);
    expect(emulator.keys(Bucket, "lost")).toEqual(["lost"]);
    emulator.faults.add(firstFault(1, { kind: "stall", ms: 60 }));
    const started = performance.now();
    await get("k");
    expect(performance.now() - started).toBeGreaterThan(55);
    emulator.faults.clear();
    const slow = { kind: "error", status: 503, code: "SlowDown" } as const;
    emulator.faults.add(oftenFault(0.5, slow, { seed: 7 }));
    const answers = await Promise.allSettled(Array.from({ length: 40 }, () => get("k")));
    const failed = answers.filter(({ status }) => status === "rejected").length;
    expect(failed).toBeGreaterThan(8);
    expect(failed).toBeLessThan(32);
    expect(emulator.counters.statuses()[503]).toBe(1 + failed);
    expect(emulator.counters.billed().gets).toBe(2 + 40 - failed);
  });
});
