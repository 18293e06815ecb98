import { describe, expect, it } from "vitest";
import { missingPermission } from "../../../../src/aws/s3/missing-permission.ts";

const READ = { bucket: "data", key: "sales/a b", action: "s3:GetObject" };
const denied = (action: string, resource: string): string =>
  `User: arn:aws:sts::000000000000:assumed-role/r/s is not authorized to perform: ${action}${resource} because no identity-based policy allows the ${action} action`;

describe("The permission that is missing", () => {
  it.each([
    ["what was asked for where S3 says nothing", "", "s3:GetObject", "arn:aws:s3:::data/sales/a b"],
    [
      "what IAM names",
      denied("s3:GetObjectVersion", ' on resource: "arn:aws-cn:s3:::data/sales/a b"'),
      "s3:GetObjectVersion",
      "arn:aws-cn:s3:::data/sales/a b",
    ],
    [
      "another service's",
      denied("kms:Decrypt", " on resource: arn:aws:kms:eu-west-1:1:key/k"),
      "kms:Decrypt",
      "arn:aws:kms:eu-west-1:1:key/k",
    ],
    [
      "on no resource where nobody names one",
      denied("s3-object-lambda:GetObject", ""),
      "s3-object-lambda:GetObject",
      null,
    ],
    [
      "to list a bucket, not a key",
      denied("s3:ListBucket", ""),
      "s3:ListBucket",
      "arn:aws:s3:::data",
    ],
  ])("is %s", (_title, said, action, resource) => {
    expect(missingPermission(READ, said)).toEqual({ action, resource });
  });
});
