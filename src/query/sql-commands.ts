import { at } from "../analyzer/analysis-error.ts";
import { BOOLEAN, type Field, field, STRING, simpleString } from "../columnar/data-type.ts";
import type { LiteralJson } from "../columnar/literal-json.ts";
import { unreachable } from "../common/assert.ts";
import { AnalysisError } from "../common/errors.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import type { Position } from "../plan/position.ts";
import { valuesPlan } from "../plan/values-plan.ts";
import type { DescribeTarget, ExplainMode, Statement } from "../sql/statement.ts";
import { likePattern } from "./like-pattern.ts";
import { quotedName } from "./name-parts.ts";
import type { SessionConf } from "./session-conf.ts";
import type { ViewRegistry } from "./view-registry.ts";

type Rows = readonly (readonly LiteralJson[])[];

/** What the commands of SQL need of their session. */
export interface CommandContext {
  readonly conf: SessionConf;
  readonly views: ViewRegistry;
  fieldsOf(plan: LogicalPlan): Promise<readonly Field[]>;
  explain(plan: LogicalPlan, mode: ExplainMode): Promise<string>;
  /** A plan whose rows are made each time they are asked for. */
  deferred(fields: readonly Field[], rows: () => Promise<Rows>): LogicalPlan;
}

const KEY_VALUE = [field("key", STRING, false), field("value", STRING, false)];
const SHOW_TABLES = [
  field("namespace", STRING, false),
  field("tableName", STRING, false),
  field("isTemporary", BOOLEAN, false),
];
const DESCRIBE = [
  field("col_name", STRING, false),
  field("data_type", STRING, false),
  field("comment", STRING),
];
const NOTHING: LogicalPlan = valuesPlan([], []);

/**
 * The plan of a statement. What changes the session (SET, views) is done at once; what must open files is done when
 * its rows are asked for. Columns are Spark's.
 */
export function planStatement(statement: Statement, context: CommandContext): LogicalPlan {
  const position = "position" in statement ? statement.position : null;
  return at(position, () => planOf(statement, context));
}

function planOf(statement: Statement, context: CommandContext): LogicalPlan {
  const { conf, views } = context;
  switch (statement.kind) {
    case "query":
      return views.bind(statement.plan);
    case "explain":
      return explainPlan(statement.mode, statement.statement, context);
    case "set":
      return valuesPlan(KEY_VALUE, setRows(conf, statement.key, statement.value));
    case "reset":
      if (statement.key === null) conf.reset();
      else conf.unset(statement.key);
      return NOTHING;
    case "describe":
      return describePlan(statement.target, context);
    case "showTables":
      return valuesPlan(SHOW_TABLES, tableRows(views, statement.pattern));
    case "showColumns": {
      const plan = viewNamed(views, statement.nameParts, statement.position);
      return context.deferred([field("col_name", STRING, false)], async () =>
        (await context.fieldsOf(plan)).map(({ name }) => [name]),
      );
    }
    case "createTempView":
      views.create(statement.name, viewPlan(statement, views), statement.replace);
      return NOTHING;
    case "dropView":
      dropView(views, statement.nameParts, statement.ifExists, statement.position);
      return NOTHING;
    default:
      return unreachable(statement);
  }
}

function explainPlan(mode: ExplainMode, inner: Statement, context: CommandContext): LogicalPlan {
  return context.deferred([field("plan", STRING)], async () => {
    const plan = inner.kind === "query" ? context.views.bind(inner.plan) : null;
    return [
      [plan === null ? `== Physical Plan ==\n${inner.kind}\n` : await context.explain(plan, mode)],
    ];
  });
}

function setRows(conf: SessionConf, key: string | null, value: string | null): Rows {
  if (key === null) return conf.entries();
  if (value !== null) conf.set(key, value);
  return [[key, conf.has(key) ? conf.get(key) : "<undefined>"]];
}

function describePlan(target: DescribeTarget, context: CommandContext): LogicalPlan {
  const { views } = context;
  const plan =
    target.kind === "query"
      ? views.bind(target.plan)
      : viewNamed(views, target.nameParts, target.position);
  return context.deferred(DESCRIBE, async () =>
    (await context.fieldsOf(plan)).map(({ name, type }) => [name, simpleString(type), null]),
  );
}

function tableRows(views: ViewRegistry, pattern: string | null): Rows {
  const matches = pattern === null ? () => true : likePattern(pattern);
  return views.names.filter(matches).map((name) => ["", name, true]);
}

function viewPlan(
  statement: Statement & { kind: "createTempView" },
  views: ViewRegistry,
): LogicalPlan {
  const child = views.bind(statement.query);
  const { columns, name, position } = statement;
  return columns.length === 0
    ? child
    : Object.freeze({ kind: "subqueryAlias", alias: name, columns, child, position });
}

function dropView(
  views: ViewRegistry,
  nameParts: readonly string[],
  ifExists: boolean,
  position: Position,
): void {
  const dropped = nameParts.length === 1 && views.drop(nameParts[0] ?? "");
  if (!dropped && !ifExists) throw notFound(nameParts, position);
}

function viewNamed(
  views: ViewRegistry,
  nameParts: readonly string[],
  position: Position,
): LogicalPlan {
  const plan = nameParts.length === 1 ? views.get(nameParts[0] ?? "") : null;
  if (plan === null) throw notFound(nameParts, position);
  return plan;
}

function notFound(nameParts: readonly string[], position: Position): AnalysisError {
  const name = nameParts.map(quotedName).join(".");
  const quoted = nameParts.map((part) => `\`${part}\``).join(".");
  return new AnalysisError({
    condition: "TABLE_OR_VIEW_NOT_FOUND",
    message: `The table or view ${quoted} cannot be found. Verify the spelling and correctness of the schema and catalog.\nIf you did not qualify the name with a schema, verify the current_schema() output, or qualify the name with the correct schema and catalog.\nTo tolerate the error on drop use DROP VIEW IF EXISTS or DROP TABLE IF EXISTS.`,
    sqlState: "42P01",
    details: { relationName: name, line: position.line, column: position.column },
  });
}
