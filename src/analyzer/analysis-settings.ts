import type { Expression, Literal } from "../plan/expression.ts";

/** What of the session's configuration decides what a query means. */
export interface AnalysisSettings {
  readonly ansi: boolean;
  readonly timeZone: string;
  /** True if GROUP BY may name aliases of the select list. */
  readonly groupByAliases: boolean;
  /** True if an integer in GROUP BY is a position in the select list. */
  readonly groupByOrdinal: boolean;
  /** True if an integer in ORDER BY is a position in the select list. */
  readonly orderByOrdinal: boolean;
  /** True if values of CHAR columns are padded when they are read. */
  readonly padsCharColumns: boolean;
  /** Names are matched without regard to case. */
  readonly caseSensitive: false;
  /** What `now()` and `current_date` give, the same all over the query. */
  readonly now: Date;
  /** The value of an expression without columns. Throws the typed error of its evaluation. */
  readonly evaluateConstant: (expression: Expression) => Literal;
}
