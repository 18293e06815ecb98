import { hasDocker, stopInDocker } from "./docker-mode.ts";
import { stopOnHost } from "./host-mode.ts";
import { chosenPort, isHealthy, localStack } from "./local-stack.ts";
import { toldWhereItFails } from "./told-where-it-fails.ts";

/** Stops what `up` started, and deletes all it kept. */
await toldWhereItFails(async () => {
  const stack = localStack(chosenPort());
  if (!(await stopOnHost(stack)) && hasDocker()) stopInDocker(stack);
  if (await isHealthy(stack)) {
    throw new Error(`What answers at ${stack.endpoint} was not started by localstack:up here`);
  }
  process.stderr.write("LocalStack is down\n");
  if (process.env["AWS_ENDPOINT_URL"] === stack.endpoint) {
    process.stderr.write("This shell still uses it: unset AWS_ENDPOINT_URL, or take a new one\n");
  }
});
