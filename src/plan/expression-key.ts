import { createHash } from "node:crypto";
import { simpleString } from "../columnar/data-type.ts";
import type { Expression } from "./expression.ts";
import { expressionChildren } from "./expression-tree.ts";

const SYMMETRIC = new Set(["=", "<=>", "and", "or", "+", "*", "&", "|", "^"]);
const MAX_KEY_LENGTH = 200;
const keys = new WeakMap<Expression, string>();

/** Equal for expressions that always give the same value: names and qualifiers do not count, ids do. */
export function expressionKey(expression: Expression): string {
  const known = keys.get(expression);
  if (known !== undefined) return known;
  const text = makeKey(expression);
  const key = text.length > MAX_KEY_LENGTH ? digestOf(text) : text;
  keys.set(expression, key);
  return key;
}

/** Keys of deep trees would be as long as all that is below: they are digests of those of their children. */
const digestOf = (text: string): string => createHash("sha256").update(text).digest("base64");

/** True if two expressions are the same but for names. */
export function sameExpression(a: Expression, b: Expression): boolean {
  return a === b || expressionKey(a) === expressionKey(b);
}

function makeKey(expression: Expression): string {
  const children = expressionChildren(expression).map(expressionKey);
  switch (expression.kind) {
    case "literal":
      return `${JSON.stringify(expression.value)}:${simpleString(expression.type)}`;
    case "attribute":
      return `#${expression.id}`;
    case "alias":
      return `alias#${expression.id}(${children})`;
    case "cast":
      return `${expression.mode}_cast(${children}:${simpleString(expression.type)})`;
    case "call":
      if (SYMMETRIC.has(expression.name)) children.sort();
      return `${expression.name}${expression.ansi ? "" : "~"}(${children.join(",")}):${simpleString(expression.type)}`;
    case "aggregate":
      return `aggregate ${expression.name}${expression.distinct ? " distinct" : ""}(${children.join(",")}; ${
        expression.filter ? expressionKey(expression.filter) : ""
      })`;
    case "case":
      return `case${expression.otherwise ? "+else" : ""}(${children.join(",")})`;
    case "lambdaVariable":
      return `λ${expression.name}`;
    case "lambda":
      return `lambda(${expression.parameters.join(",")} → ${children})`;
    default:
      return `${expression.kind}(${JSON.stringify(expression)})`;
  }
}
