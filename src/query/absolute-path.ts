import { resolve } from "node:path";
import { AnalysisError } from "../common/errors.ts";

/**
 * A path of this machine in full, also where it is written as a `file:` URL, in which, as in Spark, nothing is an
 * escape; another URL as it is, Hadoop's names for S3 as `s3:`.
 */
export function absolutePath(path: string): string {
  if (/^file:/i.test(path)) return localPath(pathOfUrl(path));
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return path.replace(/^s3[an]?:/i, "s3:");
  return localPath(path);
}

function localPath(path: string): string {
  const full = resolve(path);
  return path.endsWith("/") && !full.endsWith("/") ? `${full}/` : full;
}

function pathOfUrl(url: string): string {
  const [, host, path = ""] = /^file:(?:\/\/([^/]*))?(.*)$/is.exec(url) ?? [];
  if (host === undefined || host === "" || host.toLowerCase() === "localhost") return path;
  throw new AnalysisError({
    condition: "PATH_NOT_FOUND",
    message: `Path does not exist: ${url}. It names the host \`${host}\`; write file:///${host}${path} for a path of this machine.`,
    sqlState: "42K03",
    details: { path: url },
  });
}
