import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EventLog } from "../../../src/cluster/event-log.ts";
import { openExchangeFolder } from "../../../src/cluster/exchange-folder.ts";

vi.setConfig({ testTimeout: 30_000 });

describe("openExchangeFolder", () => {
  let temp: string;
  beforeEach(() => {
    temp = mkdtempSync(join(tmpdir(), "tindra-temp-"));
  });
  afterEach(() => rmSync(temp, { recursive: true, force: true }));

  it("makes a folder of its own and removes it", () => {
    const folder = openExchangeFolder(join(temp, "deep"));
    const other = openExchangeFolder(join(temp, "deep"));
    expect(folder.path).not.toBe(other.path);
    writeFileSync(join(folder.path, "x"), "x");
    folder.close();
    expect(existsSync(folder.path)).toBe(false);
    expect(existsSync(other.path)).toBe(true);
    other.close();
  });

  it("removes what killed processes left, and nothing else", () => {
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    const left = join(temp, `tindra-exchange-${hostname()}-${dead}-0123abcd`);
    const keep = [
      "mine",
      `tindra-exchange-${hostname()}-${process.pid}-0123abcd`,
      `tindra-exchange-other-${dead}-0123abcd`,
      `tindra-exchange-${hostname()}-x-0123abcd`,
    ];
    for (const path of [left, ...keep.map((name) => join(temp, name))]) mkdirSync(path);
    const folder = openExchangeFolder(temp);
    expect(existsSync(left)).toBe(false);
    expect(readdirSync(temp)).toEqual(expect.arrayContaining(keep));
    folder.close();
  });

  it("is gone when its process exits by itself, and is found after a kill", () => {
    const entry = new URL("../../../src/cluster/exchange-folder.ts", import.meta.url).href;
    const script = (end: string) =>
      `import { openExchangeFolder } from ${JSON.stringify(entry)}; openExchangeFolder(${JSON.stringify(temp)}); ${end}`;
    const run = (end: string) =>
      spawnSync(process.execPath, ["--input-type=module", "-e", script(end)]);
    run("process.exit(1)");
    expect(readdirSync(temp)).toEqual([]);
    run("process.kill(process.pid, 'SIGKILL')");
    expect(readdirSync(temp)).toHaveLength(1);
    openExchangeFolder(temp).close();
    expect(readdirSync(temp)).toEqual([]);
  });

  it("says why it cannot be made", () => {
    writeFileSync(join(temp, "file"), "");
    expect(() => openExchangeFolder(join(temp, "file"))).toThrow(
      expect.objectContaining({ family: "storage" }),
    );
  });
});

describe("EventLog", () => {
  it("writes one JSON object a line, behind what is there", () => {
    const folder = mkdtempSync(join(tmpdir(), "tindra-log-"));
    const path = join(folder, "events.jsonl");
    const events = [1, 2].map(
      (timeMs) =>
        ({ event: "queryFinished", query: "q", timeMs, status: "finished", error: null }) as const,
    );
    for (const event of events) {
      const log = new EventLog(path);
      log.write(event);
      log.close();
    }
    expect(
      readFileSync(path, "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(events);
    expect(() => new EventLog(join(folder, "no", "such"))).toThrow(
      expect.objectContaining({ family: "storage" }),
    );
    rmSync(folder, { recursive: true });
  });
});
