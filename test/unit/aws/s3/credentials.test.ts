import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { cachedCredentials } from "../../../../src/aws/s3/cached-credentials.ts";
import { type Credentials, credentialChain } from "../../../../src/aws/s3/credentials.ts";

describe("Credentials of the standard chain", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("come from the environment first, a named profile before it", async () => {
    const env = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "s", AWS_SESSION_TOKEN: "t" };
    expect(await credentialChain(env)()).toEqual({
      accessKeyId: "a",
      secretAccessKey: "s",
      sessionToken: "t",
    });
  });

  it("are others after a refusal, where their source has others by then", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tindra-credentials-"));
    const script = join(folder, "keys.sh");
    await writeFile(
      script,
      `#!/bin/sh
echo . >> ${folder}/calls
echo "{\\"Version\\":1,\\"AccessKeyId\\":\\"key $(wc -l < ${folder}/calls | tr -d ' ')\\",\\"SecretAccessKey\\":\\"s\\"}"`,
    );
    await chmod(script, 0o755);
    await writeFile(join(folder, "config"), `[default]\ncredential_process = ${script}\n`);
    vi.stubEnv("AWS_CONFIG_FILE", join(folder, "config"));
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "none"));
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
    for (const name of ["AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
      vi.stubEnv(name, undefined);
    const source = credentialChain({});
    const first = await source();
    expect(first.accessKeyId).toBe("key 1");
    expect(await source()).toBe(first);
    expect((await source(first)).accessKeyId).toBe("key 2");
    await rm(folder, { recursive: true });
  });
});

describe("Cached credentials", () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const keys = (accessKeyId: string, lifeMs?: number): Credentials => ({
    accessKeyId,
    secretAccessKey: "s",
    ...(lifeMs === undefined ? {} : { expiration: new Date(Date.now() + lifeMs) }),
  });
  const MINUTE = 60_000;

  it("are asked for once, and again five minutes before their end", async () => {
    vi.useFakeTimers();
    let asked = 0;
    const source = cachedCredentials(async () => keys(String(++asked), 60 * MINUTE));
    await Promise.all([source(), source()]);
    vi.advanceTimersByTime(54 * MINUTE);
    expect((await source()).accessKeyId).toBe("1");
    vi.advanceTimersByTime(2 * MINUTE);
    expect((await source()).accessKeyId).toBe("2");
  });

  it("are not asked for at each request where they end soon and no others are there yet", async () => {
    vi.useFakeTimers();
    let asked = 0;
    const expiration = new Date(Date.now() + 4 * MINUTE);
    const source = cachedCredentials(async () => {
      asked++;
      return { accessKeyId: "a", secretAccessKey: "s", expiration };
    });
    for (let second = 0; second < 225; second++) {
      await source();
      vi.advanceTimersByTime(1000);
    }
    expect(asked).toBeLessThan(6);
  });

  it("are used to their end where they cannot be renewed before it", async () => {
    vi.useFakeTimers();
    let asked = 0;
    const source = cachedCredentials(async () => {
      if (++asked > 1) throw new RangeError("no");
      return keys("1", 10 * MINUTE);
    });
    await source();
    vi.advanceTimersByTime(9 * MINUTE);
    expect((await source()).accessKeyId).toBe("1");
    vi.advanceTimersByTime(2 * MINUTE);
    await expect(source()).rejects.toThrow("no");
  });

  it("are renewed once for a hundred refusals, early and late ones", async () => {
    let asked = 0;
    const source = cachedCredentials(async () => {
      asked++;
      await sleep(5);
      return keys(String(asked));
    });
    const old = await source();
    const renewed = await Promise.all(Array.from({ length: 100 }, () => source(old)));
    expect(new Set(renewed.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(["2"]));
    expect((await source(old)).accessKeyId).toBe("2");
    expect(asked).toBe(2);
  });

  it("are asked for anew after a failure", async () => {
    let asked = 0;
    const source = cachedCredentials(async () => {
      if (++asked === 1) throw new RangeError("no");
      return keys("a");
    });
    await expect(source()).rejects.toThrow("no");
    expect((await source()).accessKeyId).toBe("a");
  });
});
