import { AnalysisError } from "../common/errors.ts";
import { expectObject, expectString, expectStrings } from "../common/expect-argument.ts";
import type { Expression } from "../plan/expression.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { Column, columnExpression } from "./column.ts";
import type { DataFrame } from "./data-frame.ts";
import { AGGREGATE_FUNCTIONS } from "./functions/aggregate-functions.ts";
import { call, col } from "./functions/call-function.ts";
import { refuseUnsupported } from "./spark-api/refuse-unsupported.ts";

type Aggregates = readonly [Column, ...Column[]] | readonly [Readonly<Record<string, string>>];

/** Rows by group, waiting for their aggregates. */
export class GroupedData {
  private readonly child: LogicalPlan;
  private readonly grouping: readonly Expression[];
  private readonly frame: (plan: LogicalPlan) => DataFrame;

  constructor(
    child: LogicalPlan,
    grouping: readonly Expression[],
    frame: (plan: LogicalPlan) => DataFrame,
  ) {
    this.child = child;
    this.grouping = grouping;
    this.frame = frame;
  }

  /** The grouping columns, then these: columns, or names and functions as in `{price: "avg"}`. */
  agg(...columns: Aggregates): DataFrame {
    const [first] = columns;
    const list =
      first instanceof Column ? (columns as readonly Column[]) : columnsOf(first as never);
    return this.aggregate(list);
  }

  /** The number of rows, called `count`. */
  count(): DataFrame {
    return this.aggregate([AGGREGATE_FUNCTIONS.count("*").as("count")]);
  }
  sum(...columns: readonly [string, ...string[]]): DataFrame {
    return this.each("sum", columns);
  }
  avg(...columns: readonly [string, ...string[]]): DataFrame {
    return this.each("avg", columns);
  }
  mean(...columns: readonly [string, ...string[]]): DataFrame {
    return this.each("avg", columns);
  }
  min(...columns: readonly [string, ...string[]]): DataFrame {
    return this.each("min", columns);
  }
  max(...columns: readonly [string, ...string[]]): DataFrame {
    return this.each("max", columns);
  }

  private each(name: string, columns: readonly string[]): DataFrame {
    const names = expectStrings(columns, "columns");
    return this.aggregate(names.map((column) => call(name, [column])));
  }

  private aggregate(columns: readonly Column[]): DataFrame {
    const { grouping, child } = this;
    return this.frame({
      kind: "aggregate",
      grouping: grouping.map(withoutAlias),
      aggregates: [...grouping, ...columns.map((column) => columnExpression(column))],
      child,
    });
  }
}

function columnsOf(functions: Readonly<Record<string, string>>): readonly Column[] {
  if (functions !== undefined)
    expectObject(functions, "columns", "Columns, or an object of functions by column");
  const columns = Object.entries(functions ?? {}).map(([name, aggregate]) =>
    name === "*"
      ? AGGREGATE_FUNCTIONS.count("*")
      : call(expectString(aggregate, name), [col(name)]),
  );
  if (columns.length > 0) return columns;
  throw new AnalysisError({
    condition: "MISSING_AGGREGATE",
    message: "agg needs at least one aggregate",
    sqlState: "42803",
  });
}

const withoutAlias = (expression: Expression): Expression =>
  expression.kind === "alias" ? expression.child : expression;

refuseUnsupported(GroupedData.prototype, "GroupedData");
