/** Words that Spark refuses as a table's alias: they go on with the FROM clause. */
export const NOT_A_TABLE_ALIAS: ReadonlySet<string> = new Set(
  "ANTI CROSS EXCEPT FULL INNER INTERSECT JOIN LATERAL LEFT NATURAL ON RIGHT SEMI MINUS UNION USING".split(
    " ",
  ),
);

/** Words that begin the next clause, and the word that must follow for it (`null`: any). */
export const CLAUSE_STARTS: ReadonlyMap<string, string | null> = new Map([
  ["SELECT", null],
  ["FROM", null],
  ["WHERE", null],
  ["GROUP", "BY"],
  ["HAVING", null],
  ["ORDER", "BY"],
  ["SORT", "BY"],
  ["CLUSTER", "BY"],
  ["DISTRIBUTE", "BY"],
  ["LIMIT", null],
  ["OFFSET", null],
  ["UNION", null],
  ["INTERSECT", null],
  ["EXCEPT", null],
  ["MINUS", null],
  ["LATERAL", "VIEW"],
  ["PIVOT", "("],
  ["UNPIVOT", null],
  ["TABLESAMPLE", "("],
]);

/**
 * Words that do not name a column where an expression begins, unless what follows says so.
 * Spark takes every one of them for a name; then `SELECT a, FROM t` is a query for a column `FROM`.
 */
export const NOT_A_COLUMN: ReadonlySet<string> = new Set(
  "AND AS BETWEEN ELSE EXCEPT FROM HAVING ILIKE IN INTERSECT IS JOIN LIKE NOT ON OR REGEXP RLIKE SELECT THEN UNION USING WHEN WHERE".split(
    " ",
  ),
);

/** Operators that are also functions, as in `like('a', '%')`. */
export const OPERATOR_FUNCTIONS: ReadonlySet<string> = new Set(
  "BETWEEN ILIKE LIKE REGEXP RLIKE".split(" "),
);

/** Calls that need no parentheses. */
export const CALLS_WITHOUT_PARENTHESES: ReadonlySet<string> = new Set(
  "CURRENT_DATE CURRENT_TIMESTAMP CURRENT_TIME CURRENT_USER SESSION_USER".split(" "),
);
