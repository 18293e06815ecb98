import { ArnFormat, Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Alias } from "aws-cdk-lib/aws-lambda";
import type { ILogGroup } from "aws-cdk-lib/aws-logs";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { acknowledgeStars } from "./acknowledge-stars.ts";
import { type DataBucket, folderOf, keyArnOf } from "./data-bucket.ts";

/** The folders of the exchange bucket, as src/aws names them. */
type ExchangeFolder = "control" | "exchange" | "result";

/** A role that Lambda may take on, with nothing allowed yet but to write its function's log. */
export function functionRole(scope: Construct, id: string, logGroup: ILogGroup): Role {
  const role = new Role(scope, id, { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
  role.addToPolicy(
    new PolicyStatement({
      sid: "WriteItsLog",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [logGroup.logGroupArn],
    }),
  );
  return role;
}

/** Reads objects of the data buckets; decrypts them where they have a key. */
export function allowDataReads(role: Role, dataBuckets: readonly DataBucket[]): void {
  const resources = dataBuckets.map((data) => `${data.bucketArn}/${folderOf(data)}*`);
  role.addToPolicy(new PolicyStatement({ sid: "ReadData", actions: ["s3:GetObject"], resources }));
  acknowledgeStars(
    role,
    resources,
    "Everything below a data folder that the engine was given is data which queries may name.",
  );
  const keyArns = dataBuckets.map(keyArnOf).filter((arn) => arn !== undefined);
  if (keyArns.length > 0) {
    role.addToPolicy(
      new PolicyStatement({ sid: "DecryptData", actions: ["kms:Decrypt"], resources: keyArns }),
    );
  }
  for (const data of dataBuckets) {
    if ("encryptionKey" in data) data.encryptionKey?.grantDecrypt(role);
  }
}

/** Lists the data buckets, within the given folder where there is one. */
export function allowDataLists(role: Role, dataBuckets: readonly DataBucket[]): void {
  const whole = dataBuckets.filter((data) => folderOf(data) === "");
  if (whole.length > 0) {
    const resources = whole.map((data) => data.bucketArn);
    role.addToPolicy(
      new PolicyStatement({ sid: "ListData", actions: ["s3:ListBucket"], resources }),
    );
  }
  for (const data of dataBuckets) {
    const folder = folderOf(data);
    if (folder === "") continue;
    role.addToPolicy(
      new PolicyStatement({
        actions: ["s3:ListBucket"],
        resources: [data.bucketArn],
        conditions: { StringLike: { "s3:prefix": `${folder}*` } },
      }),
    );
  }
}

/** Lets an executor write what its task hands on, and read what others handed on, large task specs included. */
export function allowExchange(executor: Role, bucket: Bucket): void {
  allowFolders(executor, bucket, "PassRowsOn", ["s3:GetObject", "s3:PutObject"], ["exchange"]);
  allowFolders(executor, bucket, "ReadSpecs", ["s3:GetObject"], ["control"]);
  allowFolders(executor, bucket, "WriteResults", ["s3:PutObject"], ["result"]);
  const folders: ExchangeFolder[] = ["exchange", "result"];
  allowFolders(executor, bucket, "GiveUpUploads", ["s3:AbortMultipartUpload"], folders);
}

/** Lets the coordinator keep its state and the rows that it makes itself, and delete what its queries left for each other. */
export function allowControl(coordinator: Role, bucket: Bucket): void {
  const state = ["s3:GetObject", "s3:PutObject"];
  allowFolders(coordinator, bucket, "KeepState", state, ["control"]);
  allowFolders(coordinator, bucket, "WriteResults", ["s3:PutObject"], ["result"]);
  allowFolders(coordinator, bucket, "CleanUp", ["s3:DeleteObject"], ["exchange"]);
  coordinator.addToPolicy(
    new PolicyStatement({
      sid: "FindWhatIsLeft",
      actions: ["s3:ListBucket"],
      resources: [bucket.bucketArn],
    }),
  );
}

function allowFolders(
  role: Role,
  bucket: Bucket,
  sid: string,
  actions: string[],
  folders: readonly ExchangeFolder[],
): void {
  const resources = folders.map((folder) => bucket.arnForObjects(`${folder}/*`));
  role.addToPolicy(new PolicyStatement({ sid, actions, resources }));
  acknowledgeStars(
    role,
    resources,
    "Each query makes keys of its own below the folders of the exchange bucket, which holds nothing else.",
  );
}

/** Lets the coordinator invoke the executor by its alias, and itself by its name: by its ARN, role and function would wait for each other. */
export function allowInvokes(role: Role, executor: Alias, coordinatorName: string): void {
  const itself = Stack.of(role).formatArn({
    service: "lambda",
    resource: "function",
    resourceName: coordinatorName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  role.addToPolicy(
    new PolicyStatement({
      sid: "RunTasksAndHandOver",
      actions: ["lambda:InvokeFunction"],
      resources: [executor.functionArn, itself],
    }),
  );
}
