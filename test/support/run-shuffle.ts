import { runJob } from "../../src/cluster/run-job.ts";
import { ThreadTaskRunner } from "../../src/cluster/thread-task-runner.ts";
import { TindraError } from "../../src/common/errors.ts";
import { LocalObjectStore } from "../../src/storage/local-object-store.ts";
import { graphOf, hash, numbers, shuffleRead } from "./simulated-cluster.ts";

// A process of its own: shuffles numbers through the folder it is given and prints how that ended.
const folder = process.argv[2] ?? "";
const exchange = new LocalObjectStore(folder, { openFiles: 0, removesEmptyFolders: true });
const runner = new ThreadTaskRunner({
  workers: 2,
  memoryBytes: 1 << 28,
  dataFolder: folder,
  exchangeFolder: folder,
});
const graph = graphOf(
  [numbers(1_000_000, 4), hash(4), 4, []],
  [shuffleRead(0), { kind: "result" }, 4, [0]],
);
try {
  const settings = { ansi: true, timeZone: "UTC" };
  const { batches } = await runJob(graph, { runner, exchange, settings, memoryBytes: 1 << 28 });
  process.stdout.write(`${batches.length} batches`);
} catch (error) {
  process.stdout.write(error instanceof TindraError ? JSON.stringify(error) : String(error));
} finally {
  await runner.close();
}
