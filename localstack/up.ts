import { hasDocker, startInDocker } from "./docker-mode.ts";
import { startOnHost } from "./host-mode.ts";
import { chosenPort, isHealthy, localStack } from "./local-stack.ts";
import { bootstrap } from "./run-cdk.ts";
import { shellLines } from "./shell-lines.ts";
import { toldWhereItFails } from "./told-where-it-fails.ts";

/** Starts LocalStack, in docker where there is one, and prepares its account; prints what makes a shell use it. */
await toldWhereItFails(async () => {
  const stack = localStack(chosenPort());
  if (await isHealthy(stack)) {
    process.stderr.write(`LocalStack runs already at ${stack.endpoint}\n`);
  } else {
    const docker = hasDocker();
    process.stderr.write(`Starting LocalStack ${docker ? "in docker" : "without docker"} …\n`);
    await (docker ? startInDocker(stack) : startOnHost(stack));
  }
  process.stderr.write("Preparing its account for cdk …\n");
  await bootstrap(stack);
  process.stderr.write("Ready. This makes a shell use it:\n");
  process.stdout.write(shellLines(stack));
});
