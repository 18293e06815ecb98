import { Arn, ArnFormat } from "aws-cdk-lib";
import type { Bucket, IBucket } from "aws-cdk-lib/aws-s3";

/** A bucket that queries read, by its ARN: all of it, or one folder; `kmsKeyArn` where its objects are encrypted by that key. */
export interface DataBucketByArn {
  readonly bucketArn: string;
  readonly prefix?: string;
  readonly kmsKeyArn?: string;
}

/** What of S3 the queries of an engine may read. */
export type DataBucket = Bucket | IBucket | DataBucketByArn;

/** The folder that may be read, with a slash at its end and none before it; empty for the whole bucket. */
export function folderOf(data: DataBucket): string {
  const prefix = "prefix" in data ? (data.prefix ?? "") : "";
  const folder = prefix.replace(/^\/+|\/+$/g, "");
  if (/[*?${}]/.test(folder)) {
    throw new TypeError(`The prefix "${prefix}" of ${data.bucketArn} is no plain folder name`);
  }
  return folder === "" ? "" : `${folder}/`;
}

/** `bucket` or `bucket/folder/`, as the functions take it. */
export function bucketAndFolder(data: DataBucket): string {
  const folder = folderOf(data);
  const bucket =
    "bucketName" in data
      ? data.bucketName
      : Arn.split(data.bucketArn, ArnFormat.NO_RESOURCE_NAME).resource;
  return folder === "" ? bucket : `${bucket}/${folder}`;
}
