import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileError } from "../storage/file-error.ts";

/** The folder in which the stages of this process's queries leave rows for each other. */
export interface ExchangeFolder {
  readonly path: string;
  /** Removes it. Also happens when the process exits by itself. */
  close(): void;
}

const PREFIX = "tindra-exchange-";

/** Makes a folder below `tempFolder`, and removes those that killed processes of this machine left there. */
export function openExchangeFolder(tempFolder: string): ExchangeFolder {
  try {
    mkdirSync(tempFolder, { recursive: true });
    removeAbandoned(tempFolder);
    const path = join(tempFolder, `${owned(process.pid)}${randomBytes(4).toString("hex")}`);
    mkdirSync(path);
    const remove = (): void => rmSync(path, { recursive: true, force: true });
    process.once("exit", remove);
    const close = (): void => {
      process.removeListener("exit", remove);
      remove();
    };
    return { path, close };
  } catch (thrown) {
    throw fileError(tempFolder, thrown);
  }
}

const owned = (pid: number): string => `${PREFIX}${hostname()}-${pid}-`;

function removeAbandoned(tempFolder: string): void {
  const mine = `${PREFIX}${hostname()}-`;
  for (const name of readdirSync(tempFolder)) {
    const pid = Number(/^(\d+)-[0-9a-f]{8}$/.exec(name.slice(mine.length))?.[1]);
    if (!name.startsWith(mine) || !Number.isInteger(pid) || isAlive(pid)) continue;
    rmSync(join(tempFolder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return !(thrown instanceof Error && "code" in thrown && thrown.code === "ESRCH");
  }
}
