import { findBuiltin } from "../builtins/registry.ts";

/** True if SQL has a function or an operator of a name. */
export const isFunction = (name: string): boolean => findBuiltin(name) !== undefined;
