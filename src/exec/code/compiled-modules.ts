/** How many are kept: each is some ten KB of machine code. */
const MOST = 32;

/** Modules that a worker compiled lately: tasks of one stage, and of a query that comes again, run the same code. */
export class CompiledModules {
  /** By their bytes, those longest unused first. */
  private readonly modules = new Map<string, WebAssembly.Module>();

  /** The module of these bytes, compiled unless it is kept. */
  of(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
    const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
    const module = this.modules.get(key) ?? new WebAssembly.Module(bytes);
    this.modules.delete(key);
    this.modules.set(key, module);
    const [oldest] = this.modules.keys();
    if (this.modules.size > MOST && oldest !== undefined) this.modules.delete(oldest);
    return module;
  }
}
