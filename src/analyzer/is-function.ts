import { findBuiltin } from "../builtins/registry.ts";

/** Whether SQL has a function or an operator of a name. */
export const isFunction = (name: string): boolean => findBuiltin(name) !== undefined;
