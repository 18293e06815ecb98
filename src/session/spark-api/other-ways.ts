import type { SPARK_API } from "./spark-names.ts";

type Owner = keyof typeof SPARK_API;

const ROWS = "collect() or toLocalIterator() and JavaScript for the rows";
const PARTITIONS = "tasks are divided by size; see spark.sql.shuffle.partitions";
const SQL_SETS = "groupBy for each set of columns, and unionByName with allowMissingColumns";
const VIEW = "createOrReplaceTempView";
const STATISTICS = "agg with functions.corr, functions.covar_samp, functions.percentile";
const STREAMS = "batch queries: streams are not supported";
const WRITE = "collect(), toArrow(), or `tindra sql --output FILE` on the command line";
const FILES = "read.parquet: other formats are not supported";
const LOCAL = "Session.local({ … }) or Session.aws({ … })";
const EACH_ROW = "columns and functions: code of yours does not run in tasks";

/** Alternatives for names of Spark that Tindra lacks. */
export const OTHER_WAYS: { readonly [owner in Owner]?: { readonly [name: string]: string } } = {
  DataFrame: {
    approxQuantile: STATISTICS,
    checkpoint: "cache()",
    coalesce: PARTITIONS,
    collectAsList: "collect()",
    corr: STATISTICS,
    cov: STATISTICS,
    createGlobalTempView: VIEW,
    createOrReplaceGlobalTempView: VIEW,
    crosstab: "groupBy of both columns and count()",
    cube: SQL_SETS,
    flatMap: EACH_ROW,
    foreach: ROWS,
    foreachPartition: ROWS,
    groupingSets: SQL_SETS,
    javaRDD: ROWS,
    localCheckpoint: "cache()",
    map: EACH_ROW,
    mapInArrow: EACH_ROW,
    mapInPandas: EACH_ROW,
    mapPartitions: EACH_ROW,
    pandas_api: "toArrow()",
    queryExecution: "explain() and explainString()",
    rdd: ROWS,
    reduce: "agg",
    registerTempTable: VIEW,
    repartition: PARTITIONS,
    repartitionById: PARTITIONS,
    repartitionByRange: PARTITIONS,
    rollup: SQL_SETS,
    sortWithinPartitions: "orderBy",
    sparkSession: "the Session that made the DataFrame",
    stat: STATISTICS,
    takeAsList: "take()",
    toJavaRDD: ROWS,
    toPandas: "toArrow()",
    withWatermark: STREAMS,
    write: WRITE,
    writeStream: STREAMS,
    writeTo: WRITE,
  },
  Column: {
    astype: "cast",
    endswith: "endsWith",
    otherwise: "functions.when(condition, value).otherwise(value)",
    startswith: "startsWith",
    try_cast: "tryCast",
    when: "functions.when(condition, value)",
  },
  GroupedData: {
    apply: EACH_ROW,
    applyInArrow: EACH_ROW,
    applyInPandas: EACH_ROW,
    cogroup: "join",
    pivot: "agg with functions.when for each value",
  },
  SparkSession: {
    Builder: LOCAL,
    active: LOCAL,
    builder: LOCAL,
    emptyDataFrame: "createDataFrame([], schema)",
    getActiveSession: LOCAL,
    implicits: "functions.col",
    newSession: LOCAL,
    readStream: STREAMS,
    streams: STREAMS,
    sparkContext: "the Session itself",
    sqlContext: "the Session itself",
    udf: EACH_ROW,
    udtf: EACH_ROW,
  },
  DataFrameReader: {
    csv: FILES,
    json: FILES,
    orc: FILES,
    text: FILES,
    textFile: FILES,
    xml: FILES,
    jdbc: FILES,
    changes: STREAMS,
    table: "session.table",
  },
  Catalog: {
    cacheTable: "session.table(name).cache()",
    dropGlobalTempView: "dropTempView",
    listColumns: "session.table(name).schema()",
    uncacheTable: "session.table(name).unpersist()",
  },
  RuntimeConfig: {
    getAll: "entries()",
    isModifiable: "set, which throws where a key is not",
  },
  functions: {
    approxCountDistinct: "functions.approx_count_distinct",
    bitwiseNOT: "functions.bitwise_not",
    negate: "functions.negative",
    pandas_udf: EACH_ROW,
    shiftLeft: "functions.shiftleft",
    shiftRight: "functions.shiftright",
    shiftRightUnsigned: "functions.shiftrightunsigned",
    udf: EACH_ROW,
    udtf: EACH_ROW,
  },
};
