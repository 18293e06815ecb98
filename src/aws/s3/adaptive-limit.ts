const LEAST = 4;
const DECREASE_EVERY_MS = 200;

/**
 * How many requests may be under way: one more for each round that went well, half as many after a throttled one
 * (additive increase, multiplicative decrease). One burst of refusals counts once. Retries go before requests that wait
 * for their first turn.
 */
export class AdaptiveLimit {
  private readonly most: number;
  private readonly waiting: (() => void)[] = [];
  private readonly now: () => number;
  private limit: number;
  private active = 0;
  private decreasedMs = Number.NEGATIVE_INFINITY;

  constructor(most: number, now: () => number = () => performance.now()) {
    this.most = most;
    this.limit = most;
    this.now = now;
  }

  get current(): number {
    return Math.floor(this.limit);
  }

  async run<T>(
    request: () => Promise<T>,
    isThrottled: (answer: T) => boolean,
    isRetry = false,
  ): Promise<T> {
    while (this.active >= this.current)
      await new Promise<void>((go) => {
        if (isRetry) this.waiting.unshift(go);
        else this.waiting.push(go);
      });
    this.active++;
    try {
      const answer = await request();
      if (isThrottled(answer)) this.decrease();
      else this.limit = Math.min(this.most, this.limit + 1 / this.limit);
      return answer;
    } finally {
      this.active--;
      for (let free = this.current - this.active; free > 0; free--) this.waiting.shift()?.();
    }
  }

  private decrease(): void {
    const now = this.now();
    if (now - this.decreasedMs < DECREASE_EVERY_MS) return;
    this.decreasedMs = now;
    this.limit = Math.max(Math.min(LEAST, this.most), this.limit / 2);
  }
}
