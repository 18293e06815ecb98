"""Writes the tables of this folder: `python make.py` (pyspark 4.2.1). Every value is written out below.

edge: one row for each set of extremes. plain: the same columns with values that few functions refuse. left_side and
right_side: for joins and set operations. parts: three files, so three tasks; all values of one group lie in one file and
are null there, and one file has only nulls.
"""

import os
import shutil

os.environ["TZ"] = "UTC"
from pyspark.sql import SparkSession

HERE = os.path.dirname(os.path.abspath(__file__))
spark = (
    SparkSession.builder.master("local[1]")
    .config("spark.ui.enabled", "false")
    .config("spark.sql.session.timeZone", "UTC")
    .config("spark.driver.extraJavaOptions", "-Duser.timezone=UTC")
    .config("spark.sql.parquet.compression.codec", "uncompressed")
    .getOrCreate()
)

COLUMNS = [
    ("c_bool", "BOOLEAN", "boolean"),
    ("c_byte", "TINYINT", "byte"),
    ("c_short", "SMALLINT", "short"),
    ("c_int", "INT", "int"),
    ("c_long", "BIGINT", "long"),
    ("c_float", "FLOAT", "float"),
    ("c_double", "DOUBLE", "double"),
    ("c_dec5", "DECIMAL(5,2)", "dec5"),
    ("c_dec18", "DECIMAL(18,4)", "dec18"),
    ("c_dec38", "DECIMAL(38,10)", "dec38"),
    ("c_str", "STRING", "str"),
    ("c_num", "STRING", "num"),
    ("c_bin", "BINARY", "bin"),
    ("c_date", "DATE", "date"),
    ("c_ts", "TIMESTAMP", "ts"),
    ("c_ntz", "TIMESTAMP_NTZ", "ntz"),
    ("c_ym", "INTERVAL YEAR TO MONTH", "ym"),
    ("c_dt", "INTERVAL DAY TO SECOND", "dt"),
    ("c_arr", "ARRAY<INT>", "arr"),
    ("c_words", "ARRAY<STRING>", "words"),
    ("c_rec", "STRUCT<a: INT, b: STRING>", "rec"),
    ("c_map", "MAP<STRING, INT>", "map"),
]

EDGE = {
    "boolean": "true false NULL true false true NULL false true true false false true false".split(),
    "byte": "127 -128 NULL 0 1 -1 7 100 -100 10 NULL 3 2 64".split(),
    "short": "32767 -32768 0 NULL 1 -1 256 -255 1000 12 9 NULL 2 5".split(),
    "int": "2147483647 -2147483648 0 1 NULL -1 10 65 31 1000000 -7 12 366 NULL".split(),
    "long": "9223372036854775807 -9223372036854775808 0 1 -1 NULL 1582934400 -62135596800 1000000000000 97 4294967296 -2147483649 NULL 60".split(),
    "float": "'NaN' '-0.0' '0.0' '1.5' '-1.5' '3.4028235E38' '-3.4028235E38' '1.4E-45' 'Infinity' '-Infinity' NULL '0.1' '16777216' '2.5'".split(),
    "double": "'-0.0' 'NaN' '0.0' '1.5' '1.7976931348623157E308' 'Infinity' '-Infinity' '4.9E-324' NULL '0.1' '-2.5' '9007199254740993' '1E-7' '123456789.987654321'".split(),
    "dec5": "'999.99' '-999.99' '0.00' '0.01' '-0.01' NULL '1.50' '2.50' '127.50' '-128.99' '10.00' '0.50' NULL '100.05'".split(),
    "dec18": "'99999999999999.9999' '-99999999999999.9999' '0' '0.0001' NULL '-0.0001' '2147483648' '1.5' '9223372036854.7758' '12.3456' '-1.5' '100' '0.5' NULL".split(),
    "dec38": "'9999999999999999999999999999.9999999999' '-9999999999999999999999999999.9999999999' '0' NULL '0.0000000001' '9223372036854775808' '-9223372036854775809' '1.5' '1e10' '-0.5' '3.1415926535' NULL '2' '100'".split(),
    "str": [
        "''", "'a'", "NULL", "'Tindra'", "' pad  '", "'straße'", "'日本語'", "'👍🏽 ok'", "'O\\'Brien, x'", "'%_\\\\'",
        "CAST(X'C328' AS STRING)", "'ÀÉÎ ǅ ﬁ İ'", "'a,b,,c'", "CAST(X'61FF62' AS STRING)",
    ],
    "num": [
        "'12'", "'-3.75'", "' 7 '", "'abc'", "''", "'1e3'", "NULL", "'9223372036854775808'", "'NaN'", "'true'",
        "'2020-02-29'", "'2020-03-08 02:30:00'", "'1582-10-10'", "'0x1A'",
    ],
    "bin": [
        "X''", "X'00'", "X'FF'", "X'C328'", "X'61626364'", "NULL", "X'E697A5'", "X'80'", "X'F09F918D'", "X'0A0D'", "X'616263'",
        "X'EDA080'", "NULL", "X'7F'",
    ],
    "date": "0001-01-01 9999-12-31 1582-10-04 1582-10-15 1970-01-01 1969-12-31 2020-02-29 NULL 1900-01-01 2024-12-30 2021-01-03 NULL 1582-10-10 2000-01-31".split(),
    "ts": [
        "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999", "1582-10-10 12:00:00", "1883-11-18 12:03:58", "1970-01-01 00:00:00",
        "1969-12-31 23:59:59.999999", "2020-03-08 10:30:00", "2020-11-01 08:30:00", "2020-11-01 09:30:00", "NULL",
        "2024-04-06 15:15:00.5", "2024-10-05 15:30:00.000001", "1900-01-01 00:00:00", "2038-01-19 03:14:07.123",
    ],
    "ntz": [
        "9999-12-31 23:59:59.999999", "0001-01-01 00:00:00", "1582-10-10 00:00:00", "2020-03-08 02:30:00", "2020-11-01 01:30:00", "NULL",
        "2024-10-06 02:15:00", "2024-04-07 01:45:00", "1970-01-01 00:00:00.000001", "1969-12-31 23:59:59", "2020-02-29 12:34:56.789",
        "1847-12-01 00:00:00", "NULL", "2000-01-31 23:00:00",
    ],
    "ym": "'0-0' '-0-1' '1-1' '178956970-7' '-178956970-8' NULL '100-0' '0-11' '-1-11' '2-0' '0-3' NULL '10-10' '0-1'".split(),
    "dt": [
        "'0 00:00:00'", "'-0 00:00:00.000001'", "'1 02:03:04.5'", "NULL", "'106751991 04:00:54.775807'", "'-106751991 04:00:54.775808'",
        "'30 00:00:00'", "'0 23:59:59.999999'", "'-1 00:00:00'", "'365 12:00:00'", "NULL", "'0 01:00:00'", "'0 00:30:00'", "'-10 10:10:10'",
    ],
    "arr": [
        "array(1, 2, 3)", "array()", "NULL", "array(NULL)", "array(2147483647, -2147483648)", "array(1, NULL, 3)", "array(-1)", "array(256)", "array(10, 2)",
        "array(1, 2)", "array(0, 0)", "NULL", "array(3, 2, 1)", "array(1)",
    ],
    "words": [
        "array('a', 'b')", "array('')", "array()", "NULL", "array(NULL, 'z')", "array('日本', 'é')", "array('b', 'a')", "array('a,b')", "array('x', 'x')",
        "NULL", "array('10', '9')", "array('A')", "array('a')", "array('ab', 'c')",
    ],
    "rec": [
        "named_struct('a', 1, 'b', 'x')", "named_struct('a', NULL, 'b', 'x')", "NULL", "named_struct('a', -1, 'b', NULL)", "named_struct('a', 2147483647, 'b', '')",
        "named_struct('a', 256, 'b', 'é')", "named_struct('a', 2, 'b', 'a')", "named_struct('a', NULL, 'b', NULL)", "named_struct('a', 1, 'b', 'y')", "NULL",
        "named_struct('a', -2147483648, 'b', 'z')", "named_struct('a', 1, 'b', 'x')", "named_struct('a', 0, 'b', '0')", "named_struct('a', 10, 'b', 'B')",
    ],
    "map": [
        "map('a', 1)", "map()", "NULL", "map('a', NULL, 'b', 2)", "map('', -1)", "map('é', 2147483647)", "map('k', 0)", "NULL", "map('a', 1, 'b', 2)", "map('b', 2, 'a', 1)",
        "map('x', 9)", "map('y', NULL)", "map('z', 3)", "map('a', 256)",
    ],
}

PLAIN = {
    "boolean": "true false true true false NULL true false".split(),
    "byte": "1 2 3 4 5 2 NULL 10".split(),
    "short": "1 10 20 3 NULL 10 7 30".split(),
    "int": "1 2 3 4 10 2 12 NULL".split(),
    "long": "100 200 1 NULL 86400 200 42 7".split(),
    "float": "'1.5' '2.25' '-0.5' '10.0' NULL '2.25' '0.75' '100.125'".split(),
    "double": "'0.5' '1.0' NULL '-0.25' '3.5' '1.0' '0.125' '20.0'".split(),
    "dec5": "'1.25' '10.50' '-3.75' '0.99' '100.00' '10.50' NULL '7.07'".split(),
    "dec18": "'1234.5678' '0.5000' '-1.2500' NULL '99.9999' '0.5000' '3' '20.02'".split(),
    "dec38": "'1.0000000001' '22.5' '-7.25' '100' '12345678.9' '22.5' NULL '0.3'".split(),
    "str": ["'apple'", "'banana'", "'cherry pie'", "'Apple'", "''", "'banana'", "NULL", "'x-y-z'"],
    "num": ["'1'", "'2'", "'30'", "'4'", "'5'", "'2'", "NULL", "'8'"],
    "bin": ["X'6170'", "X'62'", "X'00FF'", "X'7A7A'", "X''", "X'62'", "NULL", "X'414243'"],
    "date": "2020-01-15 2021-06-30 2024-02-29 1999-12-31 2000-01-01 2021-06-30 NULL 2023-11-05".split(),
    "ts": [
        "2020-01-15 10:00:00", "2021-06-30 23:59:59", "2024-02-29 12:34:56.789", "NULL", "2000-01-01 00:00:00", "2021-06-30 23:59:59",
        "2023-03-26 01:30:00", "2023-11-05 08:15:30.25",
    ],
    "ntz": [
        "2020-01-15 10:00:00", "2021-06-30 23:59:59", "2024-02-29 12:34:56.789", "1999-12-31 00:00:00", "2000-01-01 00:00:00", "2021-06-30 23:59:59",
        "NULL", "2023-11-05 08:15:30.25",
    ],
    "ym": "'1-0' '0-6' '-0-3' '2-2' '0-1' '0-6' NULL '5-0'".split(),
    "dt": ["'1 00:00:00'", "'0 12:30:00'", "'-0 01:00:00'", "'10 10:10:10.5'", "'0 00:00:01'", "'0 12:30:00'", "NULL", "'2 02:00:00'"],
    "arr": ["array(1, 2)", "array(3)", "array()", "array(NULL, 1)", "array(1, 2, 3)", "array(3)", "NULL", "array(9)"],
    "words": ["array('a')", "array('b', 'c')", "array()", "array(NULL)", "array('a', 'b')", "array('b', 'c')", "NULL", "array('z')"],
    "rec": [
        "named_struct('a', 1, 'b', 'x')", "named_struct('a', 2, 'b', 'y')", "named_struct('a', 3, 'b', NULL)", "named_struct('a', 1, 'b', 'a')",
        "named_struct('a', NULL, 'b', 'y')", "named_struct('a', 2, 'b', 'y')", "NULL", "named_struct('a', 20, 'b', 'b')",
    ],
    "map": ["map('a', 1)", "map('b', 2)", "map()", "map('c', NULL)", "map('a', 1, 'b', 2)", "map('b', 2)", "NULL", "map('d', 4)"],
}

PREFIXES = {"date": "DATE'{}'", "ts": "TIMESTAMP'{} UTC'", "ntz": "TIMESTAMP_NTZ'{}'", "ym": "INTERVAL {} YEAR TO MONTH", "dt": "INTERVAL {} DAY TO SECOND"}


def cell(kind, sql_type, text):
    if text == "NULL":
        return f"CAST(NULL AS {sql_type})"
    return f"CAST({PREFIXES.get(kind, '{}').format(text)} AS {sql_type})"


def write(name, query, files=1):
    """One Parquet file, or a folder of files where `query` is a list."""
    queries = query if isinstance(query, list) else [query]
    target = os.path.join(HERE, name + ".parquet")
    shutil.rmtree(target, ignore_errors=True)
    if os.path.isfile(target):
        os.remove(target)
    if len(queries) > 1:
        os.makedirs(target)
    for number, text in enumerate(queries):
        folder = os.path.join(HERE, "writing")
        spark.sql(text).coalesce(1).write.mode("overwrite").parquet(folder)
        (part,) = [f for f in os.listdir(folder) if f.endswith(".parquet")]
        shutil.move(os.path.join(folder, part), os.path.join(target, f"part-{number}.parquet") if len(queries) > 1 else target)
        shutil.rmtree(folder)


def wide(values):
    rows = len(values["int"])
    selects = []
    for i in range(rows):
        cells = ", ".join(f"{cell(kind, sql_type, values[kind][i])} AS {name}" for name, sql_type, kind in COLUMNS)
        selects.append(f"SELECT {i} AS id, {i % 3} AS g, {cells}")
    return " UNION ALL ".join(selects)


for name, values in (("edge", EDGE), ("plain", PLAIN)):
    for kind, cells in values.items():
        assert len(cells) == len(values["int"]), (name, kind, len(cells))
    write(name, wide(values))

JOINED = "(k INT, s STRING, d DECIMAL(10,2), x DOUBLE, day DATE, at TIMESTAMP, b BIGINT, f BOOLEAN)"


def joined(rows):
    names = "k s d x day at b f".split()
    types = ["INT", "STRING", "DECIMAL(10,2)", "DOUBLE", "DATE", "TIMESTAMP", "BIGINT", "BOOLEAN"]
    cast = ", ".join(f"CAST({n} AS {t}) AS {n}" for n, t in zip(names, types))
    return f"SELECT {cast} FROM VALUES {', '.join(rows)} AS v({', '.join(names)})"


write("left_side", joined([
    "(1, 'a', '1.50', '0.0', DATE'2020-01-01', TIMESTAMP'2020-01-01 00:00:00', 10, true)",
    "(1, 'a', '1.50', '-0.0', DATE'2020-01-01', TIMESTAMP'2020-03-08 10:30:00', 11, false)",
    "(2, 'b', '2.00', 'NaN', DATE'2020-02-29', TIMESTAMP'2020-11-01 08:30:00', 12, true)",
    "(2, NULL, '-2.00', '1.5', NULL, NULL, 13, NULL)",
    "(3, '', NULL, '2.5', DATE'1582-10-10', TIMESTAMP'1582-10-10 00:00:00', NULL, true)",
    "(NULL, 'c', '0.00', 'Infinity', DATE'9999-12-31', TIMESTAMP'2020-11-01 09:30:00', 15, false)",
    "(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
    "(4, 'é', '99999999.99', '4.0', DATE'2021-12-31', TIMESTAMP'2021-12-31 23:59:59', -16, false)",
    "(5, 'A', '1.50', '0.0', DATE'1970-01-01', TIMESTAMP'1970-01-01 00:00:00', 0, true)",
    "(7, 'a', '3.25', '1e10', DATE'2020-01-01', TIMESTAMP'2020-01-01 00:00:00', 9223372036854775807, true)",
]))
write("right_side", joined([
    "(1, 'a', '1.50', '0.0', DATE'2020-01-01', TIMESTAMP'2020-01-01 00:00:00', 10, true)",
    "(2, 'b', '2.00', 'NaN', DATE'2020-02-29', TIMESTAMP'2020-11-01 08:30:00', 20, false)",
    "(2, 'B', '2.00', '-0.0', DATE'2020-02-28', NULL, 21, true)",
    "(NULL, 'c', NULL, 'NaN', NULL, TIMESTAMP'2020-11-01 09:30:00', NULL, NULL)",
    "(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
    "(5, '', '-1.00', '2.5', DATE'1969-12-31', TIMESTAMP'1969-12-31 23:59:59', -1, false)",
    "(6, 'é', '0.01', '-Infinity', DATE'0001-01-01', TIMESTAMP'2024-02-29 12:00:00', 66, true)",
    "(7, 'zz', '3.25', '1.5', DATE'2020-01-01', TIMESTAMP'2020-03-08 10:30:00', 9223372036854775807, NULL)",
]))

PART = "CAST({k} AS INT) AS k, CAST({s} AS STRING) AS s, CAST({v} AS BIGINT) AS v, CAST({d} AS DECIMAL(12,3)) AS d, CAST({x} AS DOUBLE) AS x, CAST({a} AS ARRAY<INT>) AS a, CAST({r} AS STRUCT<a: INT, b: STRING>) AS r"


def part(rows):
    names = "k s v d x a r".split()
    return " UNION ALL ".join("SELECT " + PART.format(**dict(zip(names, row))) for row in rows)


N = "NULL"
write("parts", [
    part([
        (1, "'a'", 1, 1.5, 0.5, "array(1, 2)", "named_struct('a', 1, 'b', 'x')"),
        (1, "'b'", 2, 2.5, 0.25, "array(3)", "named_struct('a', 2, 'b', 'y')"),
        (2, "'a'", 3, N, "'-0.0'", "array()", N),
        (2, N, N, 100, N, N, "named_struct('a', NULL, 'b', 'z')"),
    ]),
    part([(3, N, N, N, N, N, N), (3, N, N, N, N, N, N), (N, N, N, N, N, N, N)]),
    part([
        (1, "'a'", 2, 1.5, 8, "array(1, 2)", "named_struct('a', 1, 'b', 'x')"),
        (2, "'c'", -5, -0.125, 0, "array(NULL)", "named_struct('a', -1, 'b', NULL)"),
        (4, "''", 7, 7, 16, "array(7, 8)", "named_struct('a', 7, 'b', '')"),
        (N, "'a'", 9, 9.999, 4, "array(9)", "named_struct('a', 9, 'b', 'nine')"),
    ]),
])
