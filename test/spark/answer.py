"""Answers statements as Spark does: JSON lines in on stdin, JSON lines out on stdout, one for each. `ask-spark.ts` starts it.

In: {"setting": {"key": "value"}} for what follows, {"view": name, "path": of Parquet files}, {"sql": a query} or
{"from": " FROM …", "expressions": [SQL]}. Out for the last two: {"schema", "rows"} or {"error", "sqlState"}, for expressions a list
of these, each as if it was asked alone.
"""

import json
import logging
import os
import sys

os.environ["TZ"] = "UTC"
logging.disable(logging.CRITICAL)
from pyspark.sql import SparkSession

MAX_TOGETHER = 24
MAX_TOGETHER_ANSI = 6

spark = (
    SparkSession.builder.master("local[1]")
    .config("spark.ui.enabled", "false")
    .config("spark.ui.showConsoleProgress", "false")
    .config("spark.log.level", "OFF")
    .config("spark.driver.memory", "2g")
    # Statements run once and over a few rows: compiling them takes a hundred times as long as evaluating them.
    .config("spark.driver.extraJavaOptions", "-Duser.timezone=UTC -XX:+UseSerialGC -XX:TieredStopAtLevel=1")
    .config("spark.sql.codegen.wholeStage", "false")
    .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
    # Dates and times of 1582-10-05 to 14 as they are, not as the calendar of java.sql.Date has them.
    .config("spark.sql.datetime.java8API.enabled", "true")
    .config("spark.sql.shuffle.partitions", "1")
    .config("spark.sql.adaptive.enabled", "false")
    .getOrCreate()
)
jvm = spark._jvm


def hive_rows(frame):
    """The rows as Spark's command line prints them, cells tab-separated."""
    plan = frame._jdf.queryExecution().executedPlan()
    rows = jvm.org.apache.spark.sql.execution.HiveResult.hiveResultString(plan)
    return list(jvm.scala.jdk.javaapi.CollectionConverters.asJava(rows))


def schema_of(frame):
    return frame._jdf.schema().simpleString()


def failure(error):
    """The condition and SQLSTATE of an exception; its class where Spark has no condition for it."""
    try:
        condition, state = error.getCondition(), error.getSqlState()
    except Exception:
        condition, state = None, None
    return {"error": condition, "sqlState": state, "class": type(error).__name__}


def query(sql):
    try:
        frame = spark.sql(sql)
        return {"schema": schema_of(frame), "rows": hive_rows(frame)}
    except Exception as error:
        return failure(error)


def analyzed(expression, source):
    try:
        return {"schema": schema_of(spark.sql(f"SELECT {expression}{source}"))}
    except Exception as error:
        return failure(error)


def cells_together(expressions, source):
    """The rows of each expression, asked in one query; split where one of them fails or a cell has a tab."""
    if len(expressions) == 1:
        return [query(f"SELECT {expressions[0]}{source}")]
    answer = query(f"SELECT {', '.join(expressions)}{source}")
    rows = [row.split("\t") for row in answer.get("rows", [])]
    if "error" in answer or any(len(row) != len(expressions) for row in rows):
        half = len(expressions) // 2
        return cells_together(expressions[:half], source) + cells_together(expressions[half:], source)
    return [{"rows": [row[i] for row in rows]} for i in range(len(expressions))]


def answer_expressions(expressions, source):
    answers = [analyzed(expression, source) for expression in expressions]
    sound = [i for i, answer in enumerate(answers) if "error" not in answer]
    ansi = spark.conf.get("spark.sql.ansi.enabled") == "true"
    step = MAX_TOGETHER_ANSI if ansi else MAX_TOGETHER
    for start in range(0, len(sound), step):
        part = sound[start : start + step]
        for i, answer in zip(part, cells_together([expressions[i] for i in part], source)):
            answers[i] = answer if "error" in answer else {**answers[i], **answer}
    return answers


def handle(request):
    if "setting" in request:
        for key, value in request["setting"].items():
            spark.conf.set(key, value)
        return {"spark": spark.version}
    if "view" in request:
        spark.read.parquet(request["path"]).createOrReplaceTempView(request["view"])
        return {}
    if "sql" in request:
        return query(request["sql"])
    return answer_expressions(request["expressions"], request["from"])


for line in sys.stdin:
    answer = json.dumps(handle(json.loads(line)), ensure_ascii=False)
    sys.stdout.buffer.write(answer.encode("utf-8", "surrogatepass") + b"\n")
    sys.stdout.buffer.flush()
