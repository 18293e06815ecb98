const CAPACITY = 500;
const COST = 5;

/**
 * How many retries a client may still make. Each takes 5 of at most 500 tokens and gives them back when its request is
 * answered after all; a request that needs none adds one. A store that is down thus sees few requests more than it would
 * without retries, and one that is only busy is never given up.
 */
export class RetryBudget {
  private tokens = CAPACITY;

  /** True if there is room for one more retry; takes it. */
  take(): boolean {
    if (this.tokens < COST) return false;
    this.tokens -= COST;
    return true;
  }

  /** A request was answered after so many retries. */
  settle(retries: number): void {
    this.tokens = Math.min(CAPACITY, this.tokens + (retries === 0 ? 1 : retries * COST));
  }
}
