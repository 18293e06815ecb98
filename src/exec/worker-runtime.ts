import { type Arena, LinearMemory } from "../columnar/linear-memory.ts";
import { instantiateKernels, type KernelExports } from "../wasm/kernel-module.ts";
import { ByteHeap } from "./byte-heap.ts";
import { CompiledModules } from "./code/compiled-modules.ts";
import { KeptResults } from "./kept-results.ts";

const TABLE_BYTES = 16384;

/** What one worker keeps between tasks: its memory, the kernels over it, and the heap of the rows in flight. */
export class WorkerRuntime {
  readonly memory: LinearMemory;
  readonly kernels: KernelExports;
  /** Bytes that live as long as the rows of one run: results of string functions and the like. */
  readonly rowHeap: ByteHeap;
  readonly kept: KeptResults = new KeptResults();
  readonly modules: CompiledModules = new CompiledModules();
  private readonly permanent: Arena;
  private query = "";

  /** `memoryBytes` is what tasks on this worker may use. */
  constructor(memoryBytes: number) {
    this.memory = new LinearMemory(memoryBytes);
    this.permanent = this.memory.arena();
    this.kernels = instantiateKernels(this.memory.memory, this.permanent.allocate(TABLE_BYTES));
    this.memory.onPressure = () => this.kept.giveUpOthers(this.query);
    this.rowHeap = new ByteHeap(this.memory, this.permanent);
  }

  /** Before each task: what other queries left gives way to it. */
  enter(query: string): void {
    this.query = query;
    this.kept.enter(query);
  }
}
