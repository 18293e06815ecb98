"""Writes small.parquet and edge.parquet, whole numbers of every width, and what Spark computes with them.

    python make.py            (pyspark 4.2.1)

answers.json: [{"table", "ansi", "expression", "rows" or "error"}]; rows are values as text or null, in the order of `id`.
"""

import json, os, shutil

from pyspark.sql import SparkSession

HERE = os.path.dirname(os.path.abspath(__file__))
COLUMNS = {
    "b": ("TINYINT", "-128", "127"),
    "s": ("SMALLINT", "-32768", "32767"),
    "i": ("INT", "-2147483648", "2147483647"),
    "l": ("BIGINT", "-9223372036854775808", "9223372036854775807"),
    "d5": ("DECIMAL(5,2)", "-999.99", "999.99"),
    "d18": ("DECIMAL(18,4)", "-99999999999999.9999", "99999999999999.9999"),
    "d20": ("DECIMAL(20,2)", "-999999999999999999.99", "999999999999999999.99"),
    "d38": ("DECIMAL(38,0)", "-" + "9" * 38, "9" * 38),
}
TABLES = {
    "small": [["-3", "7", None, "100"] for _ in COLUMNS],
    "edge": [[least, greatest, None, "1"] for _, least, greatest in COLUMNS.values()],
}

spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("OFF")


def write(name, values):
    rows = [
        f"({row}, " + ", ".join(f"CAST({column[row] or 'NULL'}{'BD' if column[row] else ''} AS {kind})" for column, (kind, _, _) in zip(values, COLUMNS.values())) + ")"
        for row in range(4)
    ]
    folder = os.path.join(HERE, name)
    spark.sql(f"SELECT * FROM VALUES {', '.join(rows)} AS t(id, {', '.join(COLUMNS)})").coalesce(1).write.mode("overwrite").parquet(folder)
    part = next(f for f in os.listdir(folder) if f.endswith(".parquet"))
    os.replace(os.path.join(folder, part), folder + ".parquet")
    shutil.rmtree(folder)
    spark.read.parquet(folder + ".parquet").createOrReplaceTempView(name)


def answer(table, ansi, expression):
    spark.conf.set("spark.sql.ansi.enabled", ansi)
    asked = {"table": table, "ansi": ansi, "expression": expression}
    try:
        rows = spark.sql(f"SELECT CAST({expression} AS STRING) FROM {table} ORDER BY id").collect()
        return {**asked, "rows": [row[0] for row in rows]}
    except Exception as error:
        return {**asked, "error": error.getCondition()}


answers = []
for name, values in TABLES.items():
    write(name, values)
    for a in COLUMNS:
        for b in COLUMNS:
            # Products and sums do not mind the order of their operands, and sums of one table are enough without ANSI.
            operators = "-" if list(COLUMNS).index(b) < list(COLUMNS).index(a) else "+-*"
            for operator in operators:
                for ansi in [True, False]:
                    answers.append(answer(name, ansi, f"{a} {operator} {b}"))
        for ansi in [True, False]:
            answers.append(answer(name, ansi, f"{a} * 10 + b"))
            answers.append(answer(name, ansi, f"CAST({a} AS DECIMAL(30,5)) * {a}"))

with open(os.path.join(HERE, "answers.json"), "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(a) for a in answers) + "\n]\n")
