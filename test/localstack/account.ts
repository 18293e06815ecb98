import type { LocalStack } from "../../localstack/local-stack.ts";

type Service = "lambda" | "s3" | "iam" | "ssm" | "logs" | "cloudformation";

/** What a LocalStack's account holds, by kind: names as the services list them, what `cdk bootstrap` made included. */
export async function resourcesOf(stack: LocalStack): Promise<Record<string, string[]>> {
  const [functions, buckets, roles, parameters, logs] = await Promise.all([
    ask(stack, "lambda", { path: "/2015-03-31/functions/" }),
    ask(stack, "s3", {}),
    ask(stack, "iam", { form: "Action=ListRoles&Version=2010-05-08" }),
    ask(stack, "ssm", { target: "AmazonSSM.DescribeParameters" }),
    ask(stack, "logs", { target: "Logs_20140328.DescribeLogGroups" }),
  ]);
  return {
    functions: namesIn(functions, /"FunctionName": ?"([^"]+)"/g),
    buckets: namesIn(buckets, /<Bucket><Name>([^<]+)|<Name>([^<]+)/g),
    roles: namesIn(roles, /<RoleName>([^<]+)/g),
    parameters: namesIn(parameters, /"Name": ?"([^"]+)"/g),
    logs: namesIn(logs, /"logGroupName": ?"([^"]+)"/g),
  };
}

const namesIn = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, first, second]) => first ?? second ?? "").sort();

interface Question {
  readonly path?: string;
  readonly form?: string;
  readonly target?: string;
}

/** LocalStack checks no signature: it only reads from the header which service is meant. */
async function ask(
  stack: LocalStack,
  service: Service,
  { path = "/", form, target }: Question,
): Promise<string> {
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    ...(target !== undefined && {
      "x-amz-target": target,
      "content-type": "application/x-amz-json-1.1",
    }),
    ...(form !== undefined && { "content-type": "application/x-www-form-urlencoded" }),
  };
  const body = form ?? (target === undefined ? undefined : "{}");
  const answer = await fetch(`${stack.endpoint}${path}`, {
    headers,
    ...(body !== undefined && { method: "POST", body }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${service} answered ${answer.status}: ${text}`);
  return text;
}
