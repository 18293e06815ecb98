/** A query that may not do what its author meant; it runs all the same. */
export interface SessionWarning {
  /** `UNRECOGNIZED_HINT`, `HINT_NOT_SUPPORTED`, `HINT_RELATION_NOT_FOUND`, `DROPPED_CONDITION`. */
  readonly condition: string;
  readonly message: string;
}

/** Called with the warnings of a session. */
export type WarningListener = (warning: SessionWarning) => void;

/** Hands warnings to whoever listens; while nobody does they are warnings of the process. */
export class SessionWarnings {
  private readonly listeners = new Set<WarningListener>();

  listen(listener: WarningListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  readonly warn = (warning: SessionWarning): void => {
    if (this.listeners.size === 0)
      process.emitWarning(warning.message, { type: "TindraWarning", code: warning.condition });
    for (const listener of this.listeners) listener(warning);
  };
}
