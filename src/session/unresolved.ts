import type {
  Expression,
  UnresolvedAttribute,
  UnresolvedCall,
  UnresolvedStar,
} from "../plan/expression.ts";

/** A call of an operator or function whose types are not known yet. */
export function unresolvedCall(
  name: string,
  args: readonly Expression[],
  options: { readonly distinct?: boolean; readonly ignoreNulls?: boolean } = {},
): UnresolvedCall {
  return Object.freeze({
    kind: "unresolvedCall",
    name,
    args: Object.freeze([...args]),
    distinct: options.distinct ?? false,
    filter: null,
    ignoreNulls: options.ignoreNulls ?? false,
    position: null,
  });
}

/** A column by its name and what may stand before it. */
export function unresolvedAttribute(nameParts: readonly string[]): UnresolvedAttribute {
  return Object.freeze({
    kind: "unresolvedAttribute",
    nameParts: Object.freeze([...nameParts]),
    position: null,
  });
}

/** `*`, or `t.*`. */
export function unresolvedStar(qualifier: readonly string[] = []): UnresolvedStar {
  return Object.freeze({
    kind: "unresolvedStar",
    qualifier: Object.freeze([...qualifier]),
    except: Object.freeze([]),
    position: null,
  });
}
