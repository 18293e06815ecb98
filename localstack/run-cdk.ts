import { spawn } from "node:child_process";
import { delimiter, join, resolve } from "node:path";
import { clientVariables, IN_THE_WAY, type LocalStack } from "./local-stack.ts";

const ROOT = resolve(import.meta.dirname, "..");
const BIN = join(ROOT, "node_modules/.bin");

/** Runs `cdk` against a LocalStack, in the app's folder unless said; gives what it printed, and rejects with that where it fails. */
export function runCdk(
  stack: LocalStack,
  args: readonly string[],
  cwd = join(ROOT, "cdk"),
): Promise<string> {
  const inherited = Object.entries(process.env).filter(([name]) => !IN_THE_WAY.includes(name));
  const environment = {
    ...Object.fromEntries(inherited),
    ...clientVariables(stack),
    PATH: `${BIN}${delimiter}${process.env["PATH"]}`,
  };
  const child = spawn(join(BIN, "cdk"), ["--no-notices", "--ci", ...args], {
    cwd,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { promise, resolve: succeed, reject } = Promise.withResolvers<string>();
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
  }
  child.once("error", reject).once("close", (status) => {
    if (status === 0) succeed(text);
    else reject(new Error(`cdk ${args.join(" ")} ended with ${status}\n${text}`));
  });
  return promise;
}

/** Prepares the account of a fresh LocalStack for deployments, as is done once for an account of AWS. */
export async function bootstrap(stack: LocalStack): Promise<void> {
  await runCdk(stack, ["bootstrap", "aws://000000000000/us-east-1"], ROOT);
}
