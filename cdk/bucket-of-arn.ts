import { Arn, ArnFormat, Token } from "aws-cdk-lib";

/** The name of one whole bucket by its ARN, both as literals or as tokens. */
export function bucketOfArn(arn: string): string {
  const name = /^arn:.+?:s3:::(.*)$/.exec(arn)?.[1];
  if (name === undefined && Token.isUnresolved(arn)) {
    return Arn.split(arn, ArnFormat.NO_RESOURCE_NAME).resource;
  }
  if (name !== undefined && (Token.isUnresolved(name) || /^[\w.-]{3,255}$/.test(name))) return name;
  const slash = arn.indexOf("/");
  if (slash < 0) {
    throw new TypeError(
      `The data bucket "${arn}" is not the ARN of one bucket, such as arn:aws:s3:::my-bucket`,
    );
  }
  const [bucketArn, prefix] = [arn.slice(0, slash), arn.slice(slash + 1)];
  throw new TypeError(
    `The data bucket "${arn}" is more than a bucket's ARN; for a folder say { bucketArn: "${bucketArn}", prefix: "${prefix}" }`,
  );
}
