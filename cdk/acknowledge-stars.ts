import { Stack, Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/** Tells cdk-nag why a policy of `scope` may name these resources, all of which end in a star. */
export function acknowledgeStars(
  scope: IConstruct,
  resources: readonly string[],
  reason: string,
): void {
  for (const resource of resources) {
    const name = nameInReport(Stack.of(scope).resolve(resource));
    Validations.of(scope).acknowledge({ id: `AwsSolutions-IAM5[Resource::${name}]`, reason });
  }
}

/** A resolved ARN as cdk-nag's reports write it: references within angle brackets. */
function nameInReport(value: unknown): string {
  if (typeof value === "string") return value;
  const { Ref, "Fn::GetAtt": attribute, "Fn::Join": join } = Object(value);
  if (Ref !== undefined) return `<${Ref}>`;
  if (attribute !== undefined) return `<${attribute.join(".")}>`;
  const [separator, parts]: [string, unknown[]] = join ?? ["", []];
  return parts.map(nameInReport).join(separator);
}
