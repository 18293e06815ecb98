import { DataError } from "../../common/errors.ts";
import { type TranslatedPattern, translateJavaPattern } from "./java-pattern.ts";

/**
 * Compiles patterns and remembers the last one. `functionName` is for the error `INVALID_PARAMETER_VALUE.PATTERN`, which
 * also comes for what JavaScript cannot say.
 */
export function patternCache(functionName: string): (pattern: string) => TranslatedPattern {
  let last: { readonly pattern: string; readonly compiled: TranslatedPattern } | null = null;
  return (pattern) => {
    if (last?.pattern !== pattern) last = { pattern, compiled: compile(pattern, functionName) };
    last.compiled.regExp.lastIndex = 0;
    return last.compiled;
  };
}

function compile(pattern: string, functionName: string): TranslatedPattern {
  const compiled = translateJavaPattern(pattern);
  if (compiled !== null) return compiled;
  throw new DataError({
    condition: "INVALID_PARAMETER_VALUE.PATTERN",
    message: `The value of parameter(s) \`regexp\` in \`${functionName}\` is invalid: '${pattern.replaceAll("\\", "\\\\")}'.`,
    sqlState: "22023",
    details: { pattern },
  });
}
