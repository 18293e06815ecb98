import { Token } from "aws-cdk-lib";

/** The name as it is, where it can be part of the names of functions and of a parameter's path. */
export function engineName(name: string): string {
  if (Token.isUnresolved(name) || !/^[a-z][a-z0-9-]{0,39}$/.test(name)) {
    throw new TypeError(
      `An engine's name is a literal of up to 40 lower-case letters, digits and hyphens, not "${name}"`,
    );
  }
  return name;
}
