import { isFunction } from "../../analyzer/is-function.ts";
import { AnalysisError } from "../../common/errors.ts";
import { OTHER_WAYS } from "./other-ways.ts";
import { SPARK_API } from "./spark-names.ts";

type Owner = keyof typeof SPARK_API;

/**
 * Gives `target` the names that Spark's `owner` has and it lacks: they throw `UNSUPPORTED_FEATURE`, methods when they are
 * called, attributes when they are read. They are not enumerable, and the types know nothing of them. `except` are names that it will have.
 */
export function refuseUnsupported(
  target: object,
  owner: Owner,
  except: readonly string[] = [],
): void {
  const missing = (names: string): readonly string[] =>
    names.split(" ").filter((name) => name !== "" && !(name in target) && !except.includes(name));
  for (const name of missing(SPARK_API[owner].methods))
    define(target, name, {
      value: () => {
        throw unsupported(owner, name);
      },
      writable: true,
    });
  for (const name of missing(SPARK_API[owner].attributes))
    define(target, name, {
      get: () => {
        throw unsupported(owner, name);
      },
    });
}

function define(target: object, name: string, descriptor: PropertyDescriptor): void {
  Object.defineProperty(target, name, { ...descriptor, configurable: true, enumerable: false });
}

function unsupported(owner: Owner, name: string): AnalysisError {
  const feature = `${owner}.${name}`;
  return new AnalysisError({
    condition: "UNSUPPORTED_FEATURE",
    message: `The feature is not supported: Spark's ${feature}. Instead: ${otherWay(owner, name)}.`,
    sqlState: "0A000",
    details: { feature },
  });
}

function otherWay(owner: Owner, name: string): string {
  const known = OTHER_WAYS[owner]?.[name];
  if (known !== undefined) return known;
  if (owner === "functions" && isFunction(name)) return `functions.callFunction("${name}", …)`;
  return "collect() or toLocalIterator() and JavaScript for the rows";
}
