import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { S3Clients } from "../emulator/s3/s3-clients.ts";
import { type S3Emulator, startS3Emulator } from "../emulator/s3/s3-emulator.ts";
import { firstFault, type S3Operation, type S3Request } from "../emulator/s3/s3-fault.ts";

const KEYS = { accessKeyId: "uploads", secretAccessKey: "uploads-secret" };
const PART_BYTES = 5 << 20;
const BYTES = randomBytes(PART_BYTES + 7);
const ONLY_NEW = { ifNoneMatch: true };
const CONFLICT = { kind: "error", status: 409, code: "ConditionalRequestConflict" } as const;
const isCompletion = ({ operation }: S3Request): boolean => operation === "CompleteMultipartUpload";

describe("The end of a multipart upload", () => {
  let emulator: S3Emulator;
  let clients: S3Clients;
  const put = (key: string) =>
    clients.store(KEYS, { partBytes: PART_BYTES }).put(`s3://data/${key}`, BYTES, ONLY_NEW);
  const times = (operation: S3Operation): number =>
    emulator.counters.requests.filter((request) => request.operation === operation).length;
  const expectWhole = (key: string): void => {
    expect(BYTES.equals(emulator.get("data", key) ?? Buffer.alloc(0))).toBe(true);
    expect(emulator.openUploads("data")).toBe(0);
  };

  beforeAll(async () => {
    emulator = await startS3Emulator({ credentials: KEYS });
    clients = new S3Clients(emulator);
    emulator.createBucket("data");
  });
  afterEach(() => {
    emulator.faults.clear();
    emulator.counters.reset();
    clients.closeAll();
  });
  afterAll(() => emulator.close());

  it("that met another write is no end: all is uploaded anew", async () => {
    emulator.faults.add(firstFault(1, CONFLICT, isCompletion));
    await put("conflict");
    expectWhole("conflict");
    expect(times("CreateMultipartUpload")).toBe(2);
    expect(times("UploadPart")).toBe(4);
    expect(times("CompleteMultipartUpload")).toBe(2);
  });

  it("is given up with a retryable error where there are always other writes", async () => {
    emulator.faults.add((request) => (isCompletion(request) ? CONFLICT : undefined));
    await expect(put("contended")).rejects.toMatchObject({
      condition: "STORAGE_UNAVAILABLE",
      retryable: true,
    });
    expect(emulator.get("data", "contended")).toBeNull();
    expect(emulator.openUploads("data")).toBe(0);
  });

  it("loses to the write that it met", async () => {
    emulator.faults.add((request) => {
      if (!isCompletion(request) || emulator.get("data", "theirs") !== null) return undefined;
      emulator.put("data", "theirs", Buffer.from("theirs"));
      return CONFLICT;
    });
    await expect(put("theirs")).rejects.toMatchObject({
      condition: "PRECONDITION_FAILED",
      retryable: false,
    });
    expect(String(emulator.get("data", "theirs"))).toBe("theirs");
    expect(emulator.openUploads("data")).toBe(0);
  });

  it("is known again when its answer was lost and the next try met the write that it was", async () => {
    emulator.faults.add(firstFault(1, { kind: "lostAnswer" }, isCompletion));
    emulator.faults.add(firstFault(1, CONFLICT, isCompletion));
    expect(await put("mine")).toMatchObject({ sizeBytes: BYTES.length });
    expectWhole("mine");
    expect(times("CreateMultipartUpload")).toBe(2);
  });

  it("is asked for again where an error follows a 200", async () => {
    emulator.faults.add(firstFault(2, { kind: "lateError", code: "InternalError" }, isCompletion));
    await put("late");
    expectWhole("late");
    expect(times("CreateMultipartUpload")).toBe(1);
    expect(times("CompleteMultipartUpload")).toBe(3);
  });

  it("makes the upload start anew where the conflict follows a 200", async () => {
    const late = { kind: "lateError", code: CONFLICT.code } as const;
    emulator.faults.add(firstFault(1, late, isCompletion));
    await put("late-conflict");
    expectWhole("late-conflict");
    expect(times("CreateMultipartUpload")).toBe(2);
  });
});
