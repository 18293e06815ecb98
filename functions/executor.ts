import { executorHandler } from "../src/aws/engine/executor.ts";

/** Runs one task. */
export const handler = executorHandler(process.env);
