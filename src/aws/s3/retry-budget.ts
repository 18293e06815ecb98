const CAPACITY = 500;
const COST = 5;

/**
 * How many retries a client may still make: each takes 5 of at most 500 tokens, each success gives one back. A store
 * that is down thus sees few requests more than it would without retries.
 */
export class RetryBudget {
  private tokens = CAPACITY;

  /** Whether there is room for one more retry; takes it. */
  take(): boolean {
    if (this.tokens < COST) return false;
    this.tokens -= COST;
    return true;
  }

  succeed(): void {
    this.tokens = Math.min(CAPACITY, this.tokens + 1);
  }
}
