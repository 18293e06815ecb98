import { coordinatorHandler } from "../src/aws/engine/coordinator.ts";

/** Plans and drives queries. */
export const handler = coordinatorHandler(process.env);
