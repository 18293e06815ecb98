import { Token } from "aws-cdk-lib";
import type { Bucket, IBucket } from "aws-cdk-lib/aws-s3";
import { bucketOfArn } from "./bucket-of-arn.ts";

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
  if (!Token.isUnresolved(folder) && /[*?${}]/.test(folder)) {
    throw new TypeError(`The prefix "${prefix}" of ${data.bucketArn} is no plain folder name`);
  }
  return folder === "" ? "" : `${folder}/`;
}

/** `bucket` or `bucket/folder/`, as the functions take it. */
export function bucketAndFolder(data: DataBucket): string {
  const folder = folderOf(data);
  const named = bucketOfArn(data.bucketArn);
  const bucket = "bucketName" in data ? data.bucketName : named;
  return folder === "" ? bucket : `${bucket}/${folder}`;
}

/** The key that decrypts the objects, where the bucket was given by its ARN and has one. */
export function keyArnOf(data: DataBucket): string | undefined {
  const arn = "kmsKeyArn" in data ? data.kmsKeyArn : undefined;
  if (arn === undefined || Token.isUnresolved(arn)) return arn;
  if (/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/.test(arn)) return arn;
  throw new TypeError(
    `The kmsKeyArn "${arn}" of ${data.bucketArn} is not the ARN of one key, such as arn:aws:kms:us-east-1:111122223333:key/its-id`,
  );
}
