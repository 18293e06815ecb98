/** What AWS bills of a query, and the bytes that went through it. */
export interface BilledUsage {
  /** Tasks of the plan; attempts that were repeated are among the invocations. */
  readonly tasks: number;
  /** Of all functions. */
  readonly invocations: number;
  readonly gbSeconds: number;
  readonly gets: number;
  readonly heads: number;
  readonly puts: number;
  readonly lists: number;
  readonly deletes: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
}

/** The bill's parts of a query that an engine ran, and what decides their prices. */
export interface Billed {
  readonly usage: BilledUsage;
  readonly region: string;
  readonly architecture: "arm64" | "x86_64";
}
