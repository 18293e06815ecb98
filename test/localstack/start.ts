import { createServer } from "node:net";
import { hasDocker, startInDocker, stopInDocker } from "../../localstack/docker-mode.ts";
import { startOnHost, stopOnHost } from "../../localstack/host-mode.ts";
import { clientVariables, IN_THE_WAY, localStack } from "../../localstack/local-stack.ts";

/** Starts a LocalStack of the tests' own, tells them of it, and stops it after them. */
export async function setup(): Promise<() => Promise<void>> {
  const stack = localStack(await freePort());
  const docker = hasDocker();
  const stop = async (): Promise<void> => {
    if (docker) stopInDocker(stack);
    else await stopOnHost(stack);
  };
  try {
    await (docker ? startInDocker(stack) : startOnHost(stack));
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  for (const name of IN_THE_WAY) delete process.env[name];
  Object.assign(process.env, clientVariables(stack), {
    TINDRA_LOCALSTACK_PORT: String(stack.port),
    TINDRA_TEST_S3_ENDPOINT: stack.endpoint,
  });
  return stop;
}

function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer();
  server.once("error", reject).listen(0, "127.0.0.1", () => {
    const address = server.address();
    server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
  });
  return promise;
}
