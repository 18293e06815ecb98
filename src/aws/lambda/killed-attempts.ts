import { randomUUID } from "node:crypto";
import { attemptName } from "../../cluster/attempt-name.ts";
import type { AttemptRef } from "../../cluster/driver-state.ts";
import { nullWhereMissing } from "../../storage/null-where-missing.ts";
import type { ObjectStore } from "../../storage/object-store.ts";

/**
 * The list of attempts that one coordinator does not wait for any more, in the control folder of their query: all that
 * it can do to stop an invocation.
 */
export class KilledAttempts {
  /** Each coordinator of a query has a list of its own, since attempts of two may have the same numbers. */
  private readonly id = randomUUID();
  private readonly control: ObjectStore;
  private readonly killed = new Set<string>();
  private saving: Promise<void> | null = null;

  constructor(control: ObjectStore) {
    this.control = control;
  }

  /** Where a query's attempts look whether they are on the list. */
  keyOf(query: string): string {
    return `${query}/killed-${this.id}.json`;
  }

  /** Adds an attempt; those that come while the list is being saved are saved together. */
  async add(attempt: AttemptRef): Promise<void> {
    this.killed.add(attemptName(attempt));
    const before = this.saving;
    if (before !== null) await before.catch(() => undefined);
    this.saving ??= this.save(attempt.query).finally(() => {
      this.saving = null;
    });
    await this.saving;
  }

  private async save(query: string): Promise<void> {
    await this.control.put(this.keyOf(query), Buffer.from(JSON.stringify([...this.killed])));
  }
}

/** True if an attempt is on the list with that key. */
export async function isKilled(
  attempt: AttemptRef,
  key: string,
  control: ObjectStore,
): Promise<boolean> {
  const bytes = await nullWhereMissing(control.get(key));
  if (bytes === null) return false;
  const killed: unknown = JSON.parse(Buffer.from(bytes).toString());
  return Array.isArray(killed) && killed.includes(attemptName(attempt));
}
