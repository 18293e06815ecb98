export { Decimal } from "./answer/decimal.ts";
export type { QueryResult } from "./answer/query-result.ts";
export type { ShowOptions } from "./answer/render-table.ts";
export type { ResultStream } from "./answer/result-stream.ts";
export { type Row, type Value, valuesOf } from "./answer/row.ts";
export { Schema } from "./answer/schema.ts";
export { Timestamp } from "./answer/timestamp.ts";
export type { AwsOptions } from "./aws/engine/aws-session.ts";
export { Session } from "./aws/session.ts";
export type {
  ArrayType,
  DataType,
  DayTimeIntervalType,
  DecimalType,
  Field,
  MapType,
  StructType,
  YearMonthIntervalType,
} from "./columnar/data-type.ts";
export {
  array,
  BINARY,
  BOOLEAN,
  BYTE,
  DATE,
  DOUBLE,
  dayTimeInterval,
  decimal,
  FLOAT,
  field,
  INT,
  LONG,
  map,
  NULL,
  SHORT,
  STRING,
  simpleString,
  struct,
  TIMESTAMP,
  TIMESTAMP_NTZ,
  yearMonthInterval,
} from "./columnar/data-type.ts";
export type { ErrorFamily, ErrorJson } from "./common/errors.ts";
export {
  AnalysisError,
  CancelledError,
  DataError,
  InternalError,
  ResourcesError,
  SqlSyntaxError,
  StorageError,
  TindraError,
} from "./common/errors.ts";
export type { OperatorMetrics, QueryMetrics, StageMetrics } from "./query/query-metrics.ts";
export type { QueryOptions } from "./query/query-options.ts";
export type { KnownKey, SessionConf } from "./query/session-conf.ts";
export type { LocalOptions } from "./query/session-options.ts";
export { CaseColumn, Column, type Operand, SortColumn } from "./session/column.ts";
export type { FillValue, FillValues, Replaceable } from "./session/column-types.ts";
export type { RowLike } from "./session/create-data-frame.ts";
export type { DataFrame } from "./session/data-frame.ts";
export type { DataFrameReader } from "./session/data-frame-reader.ts";
export { expr, lit, when } from "./session/functions/basic-functions.ts";
export { type ColumnOrName, callFunction, col } from "./session/functions/call-function.ts";
export { functions } from "./session/functions.ts";
export type { GroupedData } from "./session/grouped-data.ts";
export type { JoinName } from "./session/join-type.ts";
export type { LiteralValue } from "./session/literal-of.ts";
export type { DataFrameNaFunctions } from "./session/na-functions.ts";
export type { SchemaLike } from "./session/schema-like.ts";
export type { SqlParameters } from "./session/session.ts";
export type { SessionCatalog } from "./session/session-catalog.ts";
export type { SessionWarning, WarningListener } from "./session/session-warning.ts";
export type { SortArguments, SortOptions } from "./session/sort-arguments.ts";
export type { ScriptStatement } from "./sql/split-statements.ts";
