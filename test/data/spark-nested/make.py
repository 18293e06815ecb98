"""Writes tables/ (Parquet) and, for each FILE.sql, Spark's answers as FILE.json.

    pip install pyspark==4.2.1 && python make.py [FILE.sql …]

A line of a .sql file is one statement; `-- set key=value` holds for the statements behind it. Tables are written only
where tables/ is missing; each SELECT of a table becomes a file of its own, so that it is read by several tasks.
"""
import json, os, shutil, sys
os.environ["TZ"] = "UTC"
from pyspark.sql import SparkSession

here = os.path.dirname(os.path.abspath(__file__))
spark = (SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
         .config("spark.sql.session.timeZone", "UTC").config("spark.sql.shuffle.partitions", "2")
         .config("spark.driver.extraJavaOptions", "-Duser.timezone=UTC").config("spark.log.level", "OFF").getOrCreate())

# Zeros of both signs, NaN, nulls and maps whose entries come in another order.
ZEROS = """SELECT /*+ COALESCE(1) */ * FROM VALUES
  (1, map('a', 1, 'b', 2), array(map('a', 1)), named_struct('m', map('x', -0.0D)), array(-0.0D), named_struct('d', -0.0D, 'n', 1)),
  (2, map('b', 2, 'a', 1), array(map('a', 1)), named_struct('m', map('x', 0.0D)), array(0.0D), named_struct('d', 0.0D, 'n', 1)),
  (3, map('a', 1), array(map('b', 1)), named_struct('m', map('y', 0.0D)), array(double('NaN')), named_struct('d', double('NaN'), 'n', 2)),
  (4, NULL, NULL, NULL, NULL, NULL) AS t(i, m, am, sm, z, s)"""

# Pseudo-random values: h(i, k) is a small number that i and k decide.
def h(k, n):
    return f"(abs(hash(id, {k})) % {n})"

def orders(start, end):
    pick = lambda k, *values: f"element_at(array({', '.join(values)}), {h(k, len(values))} + 1)"
    double = lambda k: pick(k, "-0.0D", "0.0D", "1.5D", "-1e300D", "double('NaN')", "double('-Infinity')", "5e-324D", "NULL")
    text = lambda k: pick(k, "''", "'a'", "'ab'", "'b'", "'ä'", "'日本'", "'\U0001f600'", "'\uffee'", "'a\\u0000'", "'a\\u0000b'", "NULL")
    number = lambda k: pick(k, "0", "1", "-1", "256", "65536", "2147483647", "-2147483648", "255", "NULL")
    long = lambda k: pick(k, "0L", "-1L", "4294967296L", "9223372036854775807L", "-9223372036854775807L", "255L", "NULL")
    list_of = lambda k, of: f"CASE {h(k, 5)} WHEN 0 THEN NULL WHEN 1 THEN array({of(k + 100)}, {of(k + 200)}) WHEN 2 THEN array({of(k + 100)}) WHEN 3 THEN slice(array({of(k + 100)}), 1, 0) ELSE array({of(k + 100)}, {of(k + 200)}, {of(k + 300)}) END"
    small = {"tinyint": ["-128", "127", "0", "NULL"], "smallint": ["-32768", "256", "1", "NULL"], "boolean": ["true", "false", "NULL"],
             "date": ["DATE'0001-01-01'", "DATE'2024-02-29'", "DATE'1969-12-31'", "NULL"],
             "timestamp": ["TIMESTAMP'1969-12-31 23:59:59.999999'", "TIMESTAMP'2024-01-01 00:00:00'", "NULL"],
             "timestamp_ntz": ["TIMESTAMP_NTZ'1500-01-01 00:00:00'", "TIMESTAMP_NTZ'2024-01-01 00:00:00'", "NULL"],
             "decimal(9,2)": ["-1.00BD", "1.25BD", "9999999.99BD", "NULL"],
             "decimal(38,3)": ["-99999999999999999999999999999999999.999BD", "18446744073709551616.000BD", "0.001BD", "NULL"],
             "float": ["float('NaN')", "-0.0F", "0.0F", "-3.5F", "1e-45F", "NULL"], "binary": ["X''", "X'00'", "X'00FF'", "X'80'", "NULL"]}
    of = lambda type, k: f"CAST({pick(k, *small[type])} AS {type})"
    columns = {
        "ints": list_of(1, number), "longs": list_of(2, long), "doubles": list_of(3, double), "texts": list_of(4, text),
        "pair": f"IF({h(5, 6)} = 0, NULL, named_struct('n', {number(6)}, 't', {text(7)}))",
        "deep": list_of(8, lambda k: f"IF({h(k, 5)} = 0, NULL, named_struct('l', {list_of(k + 1, text)}, 'd', {double(k + 2)}))"),
        "matrix": list_of(9, lambda k: list_of(k + 1, number)),
        **{f"of_{type.split('(')[0]}{type.split('(')[1][:-1].replace(',', '_') if '(' in type else ''}": list_of(20 + i, lambda k, type=type: of(type, k)) for i, type in enumerate(small)},
        "everything": "named_struct(" + ", ".join(f"'f{i}', {of(type, 50 + i)}" for i, type in enumerate(small)) + ")",
    }
    return f"SELECT /*+ COALESCE(1) */ CAST(id AS INT) AS id, " + ", ".join(f"{e} AS {n}" for n, e in columns.items()) + f" FROM range({start}, {end})"

# g = 2 is all null in the first file and not in the second; the third has no rows that pass g > 0; the fourth none at all.
MEASURES = """SELECT /*+ COALESCE(1) */ g, x, y, v, w, CAST(v AS DOUBLE) / 4 AS f, CAST(v AS DECIMAL(10, 2)) AS d, v > 2 AS b,
  concat('s', v) AS s, X'0a' || CAST(CAST(v AS STRING) AS BINARY) AS bin, date_add(DATE'2020-01-01', v) AS dt,
  IF(v IS NULL, NULL, array(v, w)) AS a, IF(v IS NULL, NULL, named_struct('p', v, 'q', concat('q', w))) AS st,
  IF(v IS NULL, NULL, map('k', v)) AS m FROM VALUES %s AS t(g, x, y, v, w)"""
MEASURE_ROWS = [
    "(1, 10, 1, 3, 7), (1, 10, 2, 4, 8), (2, 20, 1, CAST(NULL AS INT), CAST(NULL AS INT)), (2, 20, 1, NULL, 4)",
    "(2, 20, 3, 6, 9), (2, 30, 1, 6, 2), (3, 30, NULL, NULL, NULL), (1, NULL, 1, 4, 4)",
    "(-1, CAST(NULL AS INT), CAST(NULL AS INT), CAST(NULL AS INT), CAST(NULL AS INT))",
]

TABLES = {
    "zeros": [ZEROS],
    "orders": [orders(0, 60), orders(60, 130), orders(130, 200)],
    "measures": [MEASURES % rows for rows in MEASURE_ROWS] + [MEASURES % MEASURE_ROWS[0] + " WHERE g > 9"],
    "nothing": [MEASURES % MEASURE_ROWS[0] + " WHERE g > 9"],
}

def write_tables():
    for name, selects in TABLES.items():
        folder = os.path.join(here, "tables", name)
        os.makedirs(folder)
        for i, select in enumerate(selects):
            spark.sql(select).write.parquet(os.path.join(here, "scratch"))
            part = next(f for f in os.listdir(os.path.join(here, "scratch")) if f.endswith(".parquet"))
            shutil.move(os.path.join(here, "scratch", part), os.path.join(folder, f"{i}.parquet"))
            shutil.rmtree(os.path.join(here, "scratch"))

def answer(session, sql):
    try:
        df = session.sql(sql)
        rows = session._jvm.org.apache.spark.sql.execution.HiveResult.hiveResultString(df._jdf.queryExecution().executedPlan())
        return {"sql": sql, "schema": df.schema.simpleString(), "rows": list(session._jvm.scala.jdk.javaapi.CollectionConverters.asJava(rows))}
    except Exception as error:
        return {"sql": sql, "error": error.getCondition() if hasattr(error, "getCondition") else type(error).__name__}

def answers(file):
    session = spark.newSession()
    settings, found = {}, []
    for name in TABLES:
        session.read.parquet(os.path.join(here, "tables", name)).createOrReplaceTempView(name)
    for line in open(file, encoding="utf-8").read().split("\n"):
        if line.startswith("-- set "):
            key, value = line[7:].split("=", 1)
            session.conf.set(key, value)
            settings = {**settings, key: value}
        elif line and not line.startswith("--"):
            found.append({**answer(session, line), **({"settings": settings} if settings else {})})
    with open(file.removesuffix(".sql") + ".json", "w", encoding="utf-8") as out:
        out.write("[\n" + ",\n".join(json.dumps(f, ensure_ascii=False) for f in found) + "\n]\n")

if not os.path.exists(os.path.join(here, "tables")):
    write_tables()
for name in sys.argv[1:] or sorted(f for f in os.listdir(here) if f.endswith(".sql")):
    answers(os.path.join(here, os.path.basename(name)))
