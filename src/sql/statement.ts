import type { LogicalPlan } from "../plan/logical-plan.ts";
import type { Position } from "../plan/position.ts";

/** What EXPLAIN shows. */
export type ExplainMode = "simple" | "extended" | "formatted" | "cost" | "codegen" | "stages";

/** One SQL statement, parsed. */
export type Statement =
  | { readonly kind: "query"; readonly plan: LogicalPlan }
  | { readonly kind: "explain"; readonly mode: ExplainMode; readonly statement: Statement }
  /** `value` null asks for the key's value; `key` null asks for all. */
  | {
      readonly kind: "set";
      readonly key: string | null;
      readonly value: string | null;
      readonly position: Position;
    }
  /** `key` null resets all. */
  | { readonly kind: "reset"; readonly key: string | null }
  | { readonly kind: "describe"; readonly target: DescribeTarget }
  | { readonly kind: "showTables"; readonly pattern: string | null }
  | {
      readonly kind: "showColumns";
      readonly nameParts: readonly string[];
      readonly position: Position;
    }
  | {
      readonly kind: "createTempView";
      readonly name: string;
      readonly replace: boolean;
      /** New column names, or none. */
      readonly columns: readonly string[];
      readonly query: LogicalPlan;
      readonly position: Position;
    }
  | {
      readonly kind: "dropView";
      readonly nameParts: readonly string[];
      readonly ifExists: boolean;
      readonly position: Position;
    };

/** What DESCRIBE describes. */
export type DescribeTarget =
  | {
      readonly kind: "table";
      readonly nameParts: readonly string[];
      readonly extended: boolean;
      readonly position: Position;
    }
  | { readonly kind: "query"; readonly plan: LogicalPlan };
