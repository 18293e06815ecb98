import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { present } from "../common/assert.ts";
import { asTindraError } from "../common/errors.ts";
import { runTask } from "../exec/run-task.ts";
import { WorkerRuntime } from "../exec/worker-runtime.ts";
import { openDataStore } from "../storage/data-store.ts";
import { LocalObjectStore } from "../storage/local-object-store.ts";
import { stopSignal } from "./stop-signal.ts";
import type { ThreadReport, ThreadSettings, ThreadTask } from "./thread-message.ts";

const settings = workerData as ThreadSettings;
const port: MessagePort = present(parentPort, "The port of a worker thread");
const runtime = new WorkerRuntime(settings.memoryBytes);
const stores = {
  data: await openDataStore(settings.dataModule, settings.dataFolder),
  exchange: new LocalObjectStore(settings.exchangeFolder, { openFiles: 0 }),
};

port.on("message", async ({ spec }: ThreadTask) => {
  try {
    const { result, rows } = await runTask(spec, runtime, stores, stopSignal(settings.stop));
    const report: ThreadReport = { kind: "finished", result, rows };
    const ownsBuffer = rows !== null && rows.byteLength === rows.buffer.byteLength;
    port.postMessage(report, ownsBuffer ? [rows.buffer as ArrayBuffer] : []);
  } catch (thrown) {
    const report: ThreadReport = { kind: "failed", error: asTindraError(thrown).toJSON() };
    port.postMessage(report);
  }
});
