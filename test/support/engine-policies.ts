import { type EngineTemplate, resolvedText } from "./synthesized-engine.ts";

/** A statement of a role's policy, and each of its permissions that was ever needed, as `action resource`. */
export interface PolicyStatement {
  readonly role: string;
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** All of these must hold. */
  readonly conditions: readonly PolicyCondition[];
  readonly used: Set<string>;
}

/** What must be true of a request: its `key`, such as `s3:prefix`, is there and is, or is like, one of the values. */
export interface PolicyCondition {
  readonly operator: "StringEquals" | "StringLike";
  readonly key: string;
  readonly values: readonly string[];
}

/** What IAM knows of a request besides action and resource, by the keys of conditions. */
export type RequestContext = { readonly [key: string]: string };

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
        resources: textsOf(template, statement.Resource),
        conditions: conditionsOf(template, statement.Condition),
        used: new Set<string>(),
      }));
    });
}

interface Statement {
  readonly Sid?: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: unknown } };
}

const textsOf = (template: EngineTemplate, values: unknown): string[] =>
  [values].flat().map((value) => resolvedText(template, value));

function conditionsOf(
  template: EngineTemplate,
  condition: Statement["Condition"] = {},
): PolicyCondition[] {
  return Object.entries(condition).flatMap(([operator, keys]) => {
    if (operator !== "StringEquals" && operator !== "StringLike")
      throw new TypeError(`Nothing here evaluates the condition ${operator}`);
    return Object.entries(keys).map(([key, values]) => ({
      operator,
      key,
      values: textsOf(template, values),
    }));
  });
}

/** True if one of a role's statements allows the action, which is noted there. */
export function allows(
  statements: readonly PolicyStatement[],
  role: string,
  action: string,
  arn: string,
  context: RequestContext = {},
): boolean {
  for (const statement of statements) {
    if (statement.role !== role || !statement.actions.includes(action)) continue;
    const resource = statement.resources.find((pattern) => isLike(pattern, arn));
    if (resource === undefined || !statement.conditions.every((of) => holds(of, context))) continue;
    statement.used.add(`${action} ${resource}`);
    return true;
  }
  return false;
}

function holds({ operator, key, values }: PolicyCondition, context: RequestContext): boolean {
  const given = context[key];
  if (given === undefined) return false;
  return values.some((value) =>
    operator === "StringLike" ? isLike(value, given) : value === given,
  );
}

/** `*` stands for any text, `?` for any character. */
function isLike(pattern: string, text: string): boolean {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const source = literal.replaceAll("*", ".*").replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}
