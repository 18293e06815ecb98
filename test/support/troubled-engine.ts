import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { QueryMetrics } from "../../src/query/query-metrics.ts";
import type { Session } from "../../src/session/session.ts";
import type { LambdaFaultRule } from "../emulator/lambda/lambda-fault.ts";
import type { S3FaultRule } from "../emulator/s3/s3-fault.ts";
import {
  EngineOnEmulators,
  type EngineOptions,
  SHUFFLING,
  SHUFFLING_ROWS,
  SHUFFLING_SQL,
} from "./engine-on-emulators.ts";

export const ofExecutor = ({ functionName }: { readonly functionName: string }): boolean =>
  functionName === "executor";
export const ofCoordinator = ({ functionName }: { readonly functionName: string }): boolean =>
  functionName === "coordinator";
export const isStart = ({ payload }: { readonly payload: string }): boolean =>
  payload.includes('"action":"start"');

/** An engine that a group of tests shares, and what goes wrong with it in one of them. */
export class TroubledEngine {
  private running: { readonly engine: EngineOnEmulators; readonly spark: Session } | null = null;
  private undo: (() => void)[] = [];

  /** Of the group that is being described: starts before its first test, ends after its last. */
  static ofGroup(options: EngineOptions, settings: { readonly [key: string]: string } = {}) {
    const troubled = new TroubledEngine();
    beforeAll(async () => {
      const engine = await EngineOnEmulators.start(options);
      const spark = engine.session({ ...SHUFFLING, ...settings });
      troubled.running = { engine, spark };
      await troubled.expectRight();
    });
    afterEach(() => troubled.takeBack());
    afterAll(async () => {
      await troubled.running?.spark.stop();
      await troubled.running?.engine[Symbol.asyncDispose]();
    });
    return troubled;
  }

  get engine(): EngineOnEmulators {
    if (this.running === null) throw new TypeError("The engine has not started");
    return this.running.engine;
  }

  get spark(): Session {
    if (this.running === null) throw new TypeError("The engine has not started");
    return this.running.spark;
  }

  /** Until the end of the test. */
  lambda(rule: LambdaFaultRule): void {
    this.undo.push(this.engine.lambda.addFault(rule));
  }

  /** Until the end of the test. */
  s3(rule: S3FaultRule): void {
    this.undo.push(this.engine.s3.faults.add(rule));
  }

  /** Every task takes at least so long. */
  slow(ms: number): void {
    this.lambda((invocation) => (ofExecutor(invocation) ? { kind: "late", ms } : undefined));
  }

  /** Called at the end of the test. */
  afterwards(undo: () => void): void {
    this.undo.push(undo);
  }

  /** Nothing goes wrong any more. */
  takeBack(): void {
    for (const undo of this.undo) undo();
    this.undo = [];
  }

  /** A query that shuffles gives its rows, and leaves nothing. */
  async expectRight(): Promise<QueryMetrics> {
    const result = await this.spark.sql(SHUFFLING_SQL).run();
    expect(result.rows().map((row) => row.toArray())).toEqual(SHUFFLING_ROWS);
    await this.engine.expectNothingLeft();
    return result.metrics;
  }
}
