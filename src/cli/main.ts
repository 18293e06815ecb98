#!/usr/bin/env node
import { readFile } from "node:fs/promises";
import { asTindraError } from "../common/errors.ts";
import { errorText } from "./error-text.ts";
import { HELP } from "./help.ts";
import { keepCompiledCode } from "./keep-compiled-code.ts";
import { parseCommand } from "./options.ts";
import { WRONG_USE } from "./wrong-use.ts";

const INTERRUPTED = 130;

/** Runs the program and gives its exit status. */
async function main(args: readonly string[]): Promise<number> {
  const interrupt = new AbortController();
  const onSignal = (): void => {
    if (interrupt.signal.aborted) process.exit(INTERRUPTED);
    interrupt.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  // Nobody reads the errors any more: that is no error itself.
  process.stderr.on("error", () => undefined);
  try {
    const command = parseCommand(args);
    if (command.kind === "help") process.stdout.write(HELP);
    else if (command.kind === "version") process.stdout.write(`${await version()}\n`);
    else await (await import("./run-command.ts")).runCommand(command, interrupt.signal);
    return 0;
  } catch (thrown) {
    const error = asTindraError(thrown);
    if (interrupt.signal.aborted) return INTERRUPTED;
    process.stderr.write(errorText(error));
    return error.condition === WRONG_USE ? 2 : 1;
  }
}

async function version(): Promise<string> {
  const facts = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(facts) as { version: string }).version;
}

keepCompiledCode();
process.exitCode = await main(process.argv.slice(2));
