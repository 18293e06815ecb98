/** An abort signal that is aborted as soon as the shared number is not 0, without an event loop in between. */
export function stopSignal(stop: Int32Array<SharedArrayBuffer>): AbortSignal {
  const { signal } = new AbortController();
  Object.defineProperty(signal, "aborted", { get: () => Atomics.load(stop, 0) !== 0 });
  return signal;
}
