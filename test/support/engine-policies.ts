import type { S3Credentials } from "../emulator/s3/s3-credentials.ts";
import { type EngineTemplate, resolvedText } from "./synthesized-engine.ts";

/** A statement of a role's policy, and each of its permissions that was ever needed, as `action resource`. */
export interface PolicyStatement {
  readonly role: string;
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly used: Set<string>;
}

/** The statements of all roles in a template; a role goes by the first word of its id after `prefix`. */
export function statementsOf(
  template: EngineTemplate,
  roles: { readonly [idPrefix: string]: string },
): PolicyStatement[] {
  return Object.entries(template.Resources)
    .filter(([, { Type }]) => Type === "AWS::IAM::Policy")
    .flatMap(([id, { Properties }]) => {
      const role = Object.entries(roles).find(([prefix]) => id.startsWith(prefix))?.[1];
      if (role === undefined) throw new TypeError(`${id} is the policy of an unknown role`);
      const statements: Statement[] = Properties.PolicyDocument.Statement;
      return statements.map((statement) => ({
        role,
        sid: statement.Sid ?? "",
        actions: [statement.Action].flat(),
        resources: [statement.Resource].flat().map((value) => resolvedText(template, value)),
        used: new Set<string>(),
      }));
    });
}

interface Statement {
  readonly Sid?: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** Whether one of a role's statements allows the action, which is noted there. */
export function allows(
  statements: readonly PolicyStatement[],
  role: string,
  action: string,
  arn: string,
): boolean {
  for (const statement of statements) {
    if (statement.role !== role || !statement.actions.includes(action)) continue;
    const resource = statement.resources.find((pattern) => matches(pattern, arn));
    if (resource === undefined) continue;
    statement.used.add(`${action} ${resource}`);
    return true;
  }
  return false;
}

/** Keys of a role for the S3 emulator, which may do what the role's statements say. */
export function credentialsOf(
  statements: readonly PolicyStatement[],
  role: string,
  denied: string[],
): S3Credentials {
  return {
    accessKeyId: role,
    secretAccessKey: `secret-of-${role}`,
    allows: (action, bucket, key) => {
      const isOfBucket = action === "s3:ListBucket";
      const arn = `arn:aws:s3:::${bucket}${isOfBucket ? "" : `/${key}`}`;
      if (allows(statements, role, action, arn)) return true;
      denied.push(`${role} ${action} ${arn}`);
      return false;
    },
  };
}

function matches(pattern: string, arn: string): boolean {
  return pattern.endsWith("*") ? arn.startsWith(pattern.slice(0, -1)) : arn === pattern;
}
