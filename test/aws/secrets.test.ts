import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { TindraError } from "../../src/common/errors.ts";
import type { Session } from "../../src/session/session.ts";
import { firstFault, type LambdaFault } from "../emulator/lambda/lambda-fault.ts";
import type { S3Fault } from "../emulator/s3/s3-fault.ts";
import {
  EngineOnEmulators,
  EXCHANGE_BUCKET,
  KEYS,
  SHUFFLING,
  SHUFFLING_ROWS,
  SHUFFLING_SQL,
} from "../support/engine-on-emulators.ts";

const SECRETS = [KEYS.secretAccessKey, KEYS.sessionToken, "Signature=", "AWS4-HMAC-SHA256"];

/** A text as it is, and as base64 has it wherever it begins. */
function formsOf(text: string): string[] {
  const inBase64 = [0, 1, 2].map((before) => {
    const bytes = Buffer.from(`${" ".repeat(before)}${text}`);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString("base64");
    return before === 0 ? whole : whole.slice(4);
  });
  return [text, ...inBase64];
}

describe("no key, token or signature", () => {
  let engine: EngineOnEmulators;
  let spark: Session;
  let undo: (() => void)[] = [];
  const passedOn = new Map<string, string>();
  beforeAll(async () => {
    engine = await EngineOnEmulators.start({ executors: 4 });
    spark = engine.session(SHUFFLING);
    engine.s3.faults.add(({ operation, bucket, key }) => {
      if (operation === "GetObject" && bucket === EXCHANGE_BUCKET) passedOn.set(key, textOf(key));
      return undefined;
    });
  });
  afterEach(() => {
    for (const takeBack of undo) takeBack();
    undo = [];
  });
  afterAll(async () => {
    await spark.stop();
    await engine[Symbol.asyncDispose]();
  });

  const textOf = (key: string): string =>
    Buffer.from(engine.s3.get(EXCHANGE_BUCKET, key) ?? []).toString("latin1");

  /** By where it is, all that the engine has written, said and passed on up to now. */
  const written = (): (readonly [string, string])[] => [
    ["the log", engine.lambda.output()],
    ...engine.lambda.log.flatMap(({ functionName, payload, answer }) => [
      [`what the ${functionName} was asked`, payload] as const,
      [`what the ${functionName} answered`, answer] as const,
    ]),
    ...engine.s3.keys(EXCHANGE_BUCKET).map((key) => [folderOf(key), textOf(key)] as const),
    ...[...passedOn].map(([key, text]) => [folderOf(key), text] as const),
  ];
  const folderOf = (key: string): string => `${key.replace(/\/.*$/s, "")}/`;
  const placesWith = (secrets: readonly string[]): string[] => {
    const forms = secrets.flatMap(formsOf);
    const found = written().filter(([, text]) => forms.some((form) => text.includes(form)));
    return [...new Set(found.map(([place]) => place))].sort();
  };

  it("is anywhere after queries that went well", async () => {
    const rows = await spark.sql(SHUFFLING_SQL).collect();
    expect(rows.map((row) => row.toArray())).toEqual(SHUFFLING_ROWS);
    const long = spark.sql("SELECT repeat(l_comment, 20) AS long FROM lineitem");
    expect(await long.collect()).toHaveLength(60_175);
    expect([...new Set(written().map(([place]) => place))].sort()).toEqual([
      "control/",
      "exchange/",
      "result/",
      "the log",
      "what the coordinator answered",
      "what the coordinator was asked",
      "what the executor answered",
      "what the executor was asked",
    ]);
    expect(placesWith(SECRETS)).toEqual([]);
  });

  const ofData = ({ key }: { key: string }) => key.startsWith("tpch/");
  const s3Says = (fault: S3Fault) => () =>
    engine.s3.faults.add((request) => (ofData(request) ? fault : undefined));
  const s3Refuses = (status: number, code: string) => s3Says({ kind: "error", status, code });
  const tasksEndIn = (fault: LambdaFault) => () =>
    engine.lambda.addFault(
      firstFault(100, fault, ({ functionName }) => functionName === "executor"),
    );
  const ORDERS = "SELECT sum(o_totalprice) FROM orders";

  it.each<[string, string, () => () => void]>([
    ["TABLE_OR_VIEW_NOT_FOUND", "SELECT * FROM nowhere", () => () => undefined],
    ["DATA_NOT_GRANTED", "SELECT * FROM parquet.`s3://other/1.parquet`", () => () => undefined],
    ["DIVIDE_BY_ZERO", "SELECT 1 / (o_orderkey - o_orderkey) FROM orders", () => () => undefined],
    ["ACCESS_DENIED", ORDERS, s3Refuses(403, "AccessDenied")],
    ["CREDENTIALS_REFUSED", ORDERS, s3Refuses(403, "SignatureDoesNotMatch")],
    ["CREDENTIALS_EXPIRED", ORDERS, s3Refuses(400, "ExpiredToken")],
    ["NETWORK_FAILED", ORDERS, s3Says({ kind: "reset" })],
    ["TASK_FAILED", ORDERS, tasksEndIn({ kind: "killBeforeAnswer" })],
  ])(
    "is anywhere after a query that ended in %s, nor in the error",
    async (condition, sql, cause) => {
      undo.push(cause());
      const error: unknown = await spark
        .sql(sql)
        .collect()
        .then(String, (thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(TindraError);
      expect(error).toMatchObject({ condition });
      const said = [JSON.stringify(error), inspect(error, { depth: 20 })].join("\n");
      expect(SECRETS.filter((secret) => said.includes(secret))).toEqual([]);
      expect(placesWith(SECRETS)).toEqual([]);
    },
  );

  it("would be overlooked: what a query says itself is found", async () => {
    const shown = "not a secret";
    await spark.sql(`SELECT '${shown}', o_comment FROM orders`).collect();
    expect(placesWith([shown])).toEqual([
      "control/",
      "what the coordinator answered",
      "what the coordinator was asked",
      "what the executor answered",
      "what the executor was asked",
    ]);
  });
});
