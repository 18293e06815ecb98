import { parentPort } from "node:worker_threads";

// The engine's own worker, that dies of the first attempts at half of the tasks of six in the first stage.
parentPort?.on("message", ({ spec }) => {
  const first = spec.stage === 0 && spec.attempt < 6 && spec.partition % 2 === 0;
  if (first) process.exit(9);
});
await import("../../src/cluster/thread-worker.ts");
