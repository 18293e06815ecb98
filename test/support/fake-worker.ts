import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";

// A worker thread whose tasks do what their query's name says.
const stop: Int32Array = workerData.stop;
let tasks = 0;
parentPort?.on("message", async ({ spec }) => {
  tasks++;
  const { query, stage, partition, attempt } = spec;
  const result = { query, stage, partition, attempt, blocks: [], metrics: { tasks } };
  if (query === "exit") process.exit(3);
  if (query === "throw") throw new TypeError("Out of luck");
  if (query === "exit-once" && attempt < 2) process.exit(4);
  if (query === "slow") await sleep(100);
  if (query === "busy") while (Atomics.load(stop, 0) === 0);
  if (query === "deaf") for (;;);
  if (query === "busy") {
    const error = {
      family: "cancelled",
      condition: "STOPPED",
      message: "",
      retryable: false,
      details: {},
    };
    parentPort?.postMessage({ kind: "failed", error });
    return;
  }
  const rows = new Uint8Array([partition]);
  parentPort?.postMessage({ kind: "finished", result, rows }, [rows.buffer]);
});
