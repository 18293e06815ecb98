const FALLBACK = "us-east-1";

/** The region of the profile in use, else `us-east-1`. */
export async function profileRegion(
  profile: string = process.env["AWS_PROFILE"] ?? "default",
): Promise<string> {
  const { loadSharedConfigFiles } = await import("@smithy/shared-ini-file-loader");
  try {
    const { configFile } = await loadSharedConfigFiles();
    return configFile[profile]?.["region"] ?? FALLBACK;
  } catch {
    return FALLBACK; // files that nobody can read say nothing
  }
}
