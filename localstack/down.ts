import { hasDocker, stopInDocker } from "./docker-mode.ts";
import { stopOnHost } from "./host-mode.ts";
import { chosenPort, localStack } from "./local-stack.ts";

/** Stops what `up` started, and deletes all it kept. */
const stack = localStack(chosenPort());
if (!(await stopOnHost(stack)) && hasDocker()) stopInDocker(stack);
process.stderr.write("LocalStack is down\n");
