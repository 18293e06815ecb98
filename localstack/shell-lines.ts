import { clientVariables, IN_THE_WAY, type LocalStack } from "./local-stack.ts";

/** Makes a shell that runs them use a LocalStack: `aws`, `cdk` and Tindra alike. */
export function shellLines(stack: LocalStack): string {
  const exports = Object.entries(clientVariables(stack)).map(
    ([name, value]) => `export ${name}=${value}\n`,
  );
  return [`unset ${IN_THE_WAY.join(" ")}\n`, ...exports].join("");
}
