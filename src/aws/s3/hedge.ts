import type { HttpAnswer } from "./http-transport.ts";

const BYTES_PER_MS = 75_000;
const MEMORY = 128;
const QUANTILE = 0.95;
const PATIENCE = 2;
const SHARE = 0.02;
const BURST = 4;

/**
 * Sends a slow GET a second time and takes the first whole answer. Slow is later than `afterMs` and the bytes' time at
 * 75 MB/s, and than twice what nineteen of twenty requests lately took beyond their bytes' time: where all are slow, a
 * second request would not help. At most one request in fifty is sent twice (Starling,
 * https://arxiv.org/abs/1911.11727).
 */
export class Hedge {
  private readonly afterMs: number;
  private readonly waits: number[] = [];
  private allowance = BURST;
  private at = 0;

  constructor(afterMs: number) {
    this.afterMs = afterMs;
  }

  async run<Answer extends HttpAnswer>(
    sizeBytes: number,
    send: (signal: AbortSignal) => Promise<Answer>,
    onHedge: () => void,
  ): Promise<Answer> {
    this.allowance = Math.min(BURST, this.allowance + SHARE);
    const fairMs = sizeBytes / BYTES_PER_MS;
    const startMs = performance.now();
    const loser = new AbortController();
    const first = send(loser.signal);
    let timer: NodeJS.Timeout | undefined;
    let isHedged = false;
    const second = new Promise<Answer>((resolve) => {
      timer = setTimeout(() => {
        if (this.allowance < 1) return;
        this.allowance--;
        isHedged = true;
        onHedge();
        const again = send(loser.signal);
        resolve(
          again.then(
            (answer) => (answer.status < 500 ? answer : first),
            () => first,
          ),
        );
      }, this.patienceMs() + fairMs);
    });
    try {
      return await Promise.race([first, second]);
    } finally {
      clearTimeout(timer);
      if (isHedged) loser.abort();
      this.learn(performance.now() - startMs - fairMs);
    }
  }

  private patienceMs(): number {
    if (this.waits.length < MEMORY / 8) return Math.max(this.afterMs, 100);
    const sorted = this.waits.toSorted((a, b) => a - b);
    const usual = sorted[Math.floor(sorted.length * QUANTILE)] ?? 0;
    return Math.max(this.afterMs, PATIENCE * usual);
  }

  private learn(waitMs: number): void {
    this.waits[this.at] = Math.max(0, waitMs);
    this.at = (this.at + 1) % MEMORY;
  }
}
