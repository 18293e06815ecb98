import { Duration, type RemovalPolicy, Validations } from "aws-cdk-lib";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";

/**
 * The bucket of what queries pass on between their tasks, and of their results. A query deletes what it wrote when it
 * ends; the lifecycle rule, which counts whole days, is the net below that.
 */
export function exchangeBucket(
  scope: Construct,
  lifetime: Duration,
  removalPolicy: RemovalPolicy,
): Bucket {
  checkLifetime(lifetime);
  const bucket = new Bucket(scope, "Exchange", {
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    lifecycleRules: [
      {
        id: "forget-what-queries-left",
        expiration: lifetime,
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      },
    ],
    removalPolicy,
  });
  Validations.of(bucket).acknowledge({
    id: "AwsSolutions-S1",
    reason:
      "Objects live as long as their query and only the two roles of the engine write them; a log line for each would cost more than the request.",
  });
  return bucket;
}

function checkLifetime(lifetime: Duration): void {
  if (lifetime.isUnresolved()) return;
  const days = lifetime.toDays({ integral: false });
  if (Number.isInteger(days) && days >= 1) return;
  throw new TypeError(
    `exchangeLifetime is one or more whole days, as S3 counts them, not ${lifetime.toHumanString()}`,
  );
}
