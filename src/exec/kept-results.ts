interface Kept {
  readonly query: string;
  readonly name: string;
  readonly value: unknown;
  readonly free: () => void;
}

const MAX_QUERIES = 2;

/** What a worker keeps for later tasks of the same query. Those of the queries longest unused go first. */
export class KeptResults {
  private readonly all: Kept[] = [];
  private readonly queries: string[] = [];

  find<T>(query: string, name: string): T | null {
    const found = this.all.find((kept) => kept.query === query && kept.name === name);
    return found ? (found.value as T) : null;
  }

  /** `free` is called when it is given up. */
  keep(query: string, name: string, value: unknown, free: () => void): void {
    this.all.push({ query, name, value, free });
  }

  /** Before a task: makes room where other queries hold more than their share. */
  enter(query: string): void {
    const at = this.queries.indexOf(query);
    if (at >= 0) this.queries.splice(at, 1);
    this.queries.unshift(query);
    while (this.queries.length > MAX_QUERIES) this.giveUp(this.queries.pop() ?? "");
  }

  /** All but the query's own. Whether there was anything to give up. */
  giveUpOthers(query: string): boolean {
    const others = this.queries.filter((other) => other !== query);
    this.queries.length = 0;
    this.queries.push(query);
    const before = this.all.length;
    for (const other of others) this.giveUp(other);
    return this.all.length < before;
  }

  private giveUp(query: string): void {
    for (let i = this.all.length - 1; i >= 0; i--) {
      const kept = this.all[i];
      if (kept?.query !== query) continue;
      kept.free();
      this.all.splice(i, 1);
    }
  }
}
