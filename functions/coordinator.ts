import { coordinatorHandler } from "../src/aws/engine/coordinator-handler.ts";

/** Plans and drives queries. */
export const handler = coordinatorHandler(process.env);
