import { AnalysisError } from "../../common/errors.ts";

/** A bucket and a key in it; the key may be empty. */
export interface S3Location {
  readonly bucket: string;
  readonly key: string;
}

const URL_FORM = /^s3[an]?:\/\/([^/]*)\/?(.*)$/s;
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** True if a path is in S3: `s3://`, and Hadoop's `s3a://` and `s3n://`. */
export const isS3Path = (path: string): boolean => URL_FORM.test(path);

/** Reads `s3://bucket/key`; the key is taken as it is, nothing in it is an escape. Throws `INVALID_S3_PATH`. */
export function parseS3Path(path: string): S3Location {
  const [, bucket = "", key = ""] = URL_FORM.exec(path) ?? [];
  if (BUCKET.test(bucket) && !bucket.includes("..")) return { bucket, key };
  throw new AnalysisError({
    condition: "INVALID_S3_PATH",
    message: `\`${path}\` names no bucket of S3; write s3://bucket/key`,
    sqlState: "42K05",
    details: { path },
  });
}

/** The inverse of `parseS3Path`. */
export const s3Path = ({ bucket, key }: S3Location): string => `s3://${bucket}/${key}`;
