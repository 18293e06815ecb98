import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { AnalysisSettings } from "../../../src/analyzer/analysis-settings.ts";
import { analyze } from "../../../src/analyzer/analyze.ts";
import type { Catalog } from "../../../src/analyzer/catalog.ts";
import { TindraError } from "../../../src/common/errors.ts";
import { evaluateConstant } from "../../../src/exec/evaluate-constant.ts";
import type { LogicalPlan } from "../../../src/plan/logical-plan.ts";
import { parseStatement } from "../../../src/sql/parse.ts";
import { catalogOf, schemaOf } from "../../support/analysis.ts";

interface Statement {
  readonly sql: string;
  readonly schema?: string;
  readonly condition?: string;
  readonly sqlState?: string;
}

interface Data {
  readonly sessionTimeZone: string;
  readonly files: readonly {
    readonly file: string;
    readonly ansi: boolean;
    readonly statements: readonly Statement[];
  }[];
}

const DATA: Data = JSON.parse(
  readFileSync(new URL("../../data/spark-sql/analyzer.json", import.meta.url), "utf8"),
);
const timeZone = DATA.sessionTimeZone;

/** Runs the statements of one file in order; a view is there for those after it. */
class Session {
  private readonly views: Record<string, LogicalPlan> = {};
  private readonly settings: AnalysisSettings;

  constructor(ansi: boolean) {
    this.settings = {
      ansi,
      timeZone,
      groupByAliases: true,
      groupByOrdinal: true,
      orderByOrdinal: true,
      padsCharColumns: true,
      caseSensitive: false,
      now: new Date(0),
      evaluateConstant: (expression) => evaluateConstant(expression, { ansi, timeZone }),
    };
  }

  /** What the analyzer says: a schema, or an error's condition and SQLSTATE; nothing for a view. */
  answer(sql: string): string {
    const statement = parseStatement(sql, { timeZone });
    if (statement.kind === "createTempView") {
      const { name, columns, query } = statement;
      const plan: LogicalPlan =
        columns.length === 0
          ? query
          : { kind: "subqueryAlias", alias: name, columns, child: query };
      analyze(plan, this.catalog(), this.settings);
      this.views[name.toLowerCase()] = plan;
      return "";
    }
    if (statement.kind !== "query") throw new TypeError(`${sql} is no query`);
    try {
      return schemaOf(analyze(statement.plan, this.catalog(), this.settings));
    } catch (error) {
      if (error instanceof TindraError) return `${error.condition} ${error.sqlState}`;
      throw error;
    }
  }

  private catalog(): Catalog {
    return catalogOf({ testdata: "key INT, value STRING" }, this.views);
  }
}

function expected({ schema, condition, sqlState }: Statement): string {
  return schema ?? (condition === undefined ? "" : `${condition} ${sqlState}`);
}

describe("the analyzer agrees with Spark's own tests on every schema and error", () => {
  for (const { file, ansi, statements } of DATA.files)
    it(`in ${file}`, () => {
      const session = new Session(ansi);
      const answers = statements.map(({ sql }) => `${sql}\n→ ${session.answer(sql)}`);
      expect(answers).toEqual(statements.map((s) => `${s.sql}\n→ ${expected(s)}`));
    });
});
