import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Session, TindraError, valuesOf } from "../../src/index.ts";
import { type S3Emulator, startS3Emulator } from "../emulator/s3/s3-emulator.ts";

interface Answer {
  readonly schema?: string;
  readonly rows?: readonly string[];
  readonly error?: string;
}

/** `files`: a number is the one row of the file, 0 an empty file, text what is no Parquet. */
interface Layout {
  readonly case: string;
  readonly files: { readonly [path: string]: number | string };
  readonly links?: { readonly [path: string]: string };
  readonly read: string;
  readonly options?: { readonly [name: string]: string };
  readonly schema?: string;
  /** Spark 4.2.1's. */
  readonly answer: Answer;
  /** Ours where it knowingly differs. */
  readonly tindra?: Answer;
}

const FOLDER = new URL("../data/layouts/", import.meta.url).pathname;
const LAYOUTS: readonly Layout[] = JSON.parse(readFileSync(`${FOLDER}layouts.json`, "utf8"));
const KEYS = { accessKeyId: "local", secretAccessKey: "local-secret" };

const bytesOf = (content: number | string): Uint8Array =>
  typeof content === "number" && content > 0
    ? readFileSync(`${FOLDER}rows/${content}.parquet`)
    : Buffer.from(content === 0 ? "" : String(content));

async function answerOf(
  spark: ReturnType<typeof Session.local>,
  root: string,
  layout: Layout,
): Promise<Answer> {
  const { basePath, ...others } = layout.options ?? {};
  const base =
    basePath === undefined ? {} : { basePath: `${root}/${basePath.replace(/^\.\/?$/, "")}` };
  try {
    const reader = spark.read.options({ ...others, ...base });
    const withSchema = layout.schema === undefined ? reader : reader.schema(layout.schema);
    const frame = withSchema.parquet(layout.read === "" ? root : `${root}/${layout.read}`);
    const rows = (await frame.collect()).map((row) => valuesOf(row).join("\t"));
    return { schema: (await frame.schema()).simpleString(), rows: rows.sort() };
  } catch (thrown) {
    if (!(thrown instanceof TindraError)) throw thrown;
    return { error: thrown.condition };
  }
}

describe("files of a folder are a table as Spark makes it of them", () => {
  let root = "";
  let spark: ReturnType<typeof Session.local>;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "tindra-layouts-"));
    spark = Session.local({ workers: 1 });
  });
  afterAll(async () => {
    await spark.stop();
    rmSync(root, { recursive: true });
  });

  it.each(LAYOUTS.map((layout, i) => [layout.case, i, layout] as const))(
    "on this machine: %s",
    async (_, i, layout) => {
      const folder = join(root, String(i));
      for (const [path, content] of Object.entries(layout.files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), bytesOf(content));
      }
      for (const [path, target] of Object.entries(layout.links ?? {}))
        symlinkSync(target, join(folder, path));
      expect(await answerOf(spark, folder, layout)).toEqual(layout.tindra ?? layout.answer);
    },
  );

  it("keeps partition values as text where their types are not to be inferred", async () => {
    await using other = Session.local({ workers: 1 });
    other.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", false);
    const folder = join(root, "zeros");
    for (const value of ["01001", "1", "__HIVE_DEFAULT_PARTITION__"]) {
      mkdirSync(join(folder, `c=${value}`), { recursive: true });
      writeFileSync(join(folder, `c=${value}`, "f.parquet"), bytesOf(1));
    }
    const layout = { case: "", files: {}, read: "", answer: {} };
    expect(await answerOf(other, folder, layout)).toEqual({
      schema: "struct<id:int,c:string>",
      rows: ["1\t", "1\t01001", "1\t1"],
    });
    expect(await answerOf(spark, folder, layout)).toEqual({
      schema: "struct<id:int,c:int>",
      rows: ["1\t", "1\t1", "1\t1001"],
    });
  });
});

describe("objects below a prefix are a table as Spark makes it of them", () => {
  let emulator: S3Emulator;
  let spark: ReturnType<typeof Session.local>;

  beforeAll(async () => {
    emulator = await startS3Emulator({ credentials: [KEYS] });
    emulator.createBucket("layouts");
    vi.stubEnv("AWS_ENDPOINT_URL", emulator.endpoint);
    vi.stubEnv("AWS_REGION", "us-east-1");
    vi.stubEnv("AWS_ACCESS_KEY_ID", KEYS.accessKeyId);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", KEYS.secretAccessKey);
    spark = Session.local({ workers: 1 });
  });
  afterAll(async () => {
    await spark.stop();
    vi.unstubAllEnvs();
    await emulator.close();
  });

  // A key is taken as it is: S3 has no links, and its dots and slashes mean nothing.
  const onS3 = LAYOUTS.filter(({ links, read }) => links === undefined && !/\.\.|^\//.test(read));
  it.each(onS3.map((layout, i) => [layout.case, i, layout] as const))(
    "in S3: %s",
    async (_, i, layout) => {
      for (const [path, content] of Object.entries(layout.files)) {
        emulator.put("layouts", `${i}/${path}`, bytesOf(content));
        const parent = dirname(path);
        if (parent !== ".") emulator.put("layouts", `${i}/${parent}/`, new Uint8Array(0));
      }
      expect(await answerOf(spark, `s3a://layouts/${i}`, layout)).toEqual(
        layout.tindra ?? layout.answer,
      );
    },
  );
});
