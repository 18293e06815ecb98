"""Writes the Parquet files of this folder and answers.json, what Spark reads from them.

    python make.py [--files | --new]        (pyspark 4.2.1, pyarrow, duckdb)

--files writes only those that need no Spark; --new writes all files, but asks only the questions that answers.json lacks.

answers.json is a list of {file, set: {key: value}, sql, types, rows | error}: the file is the view `t`, every cell is cast to
string (binary: in base64), an error is its condition. Rows have Spark's order where the statement has ORDER BY, else they
are sorted.
"""

import base64, datetime, decimal, glob, json, math, os, random, re, shutil, struct, sys

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

import handmade as h

HERE = os.path.dirname(os.path.abspath(__file__))
V, DATETIME, INT96, ZONE = (f"org.apache.spark.{k}" for k in ["version", "legacyDateTime", "legacyINT96", "timeZone"])
SCHEMA = "org.apache.spark.sql.parquet.row.metadata"
DAY = 86_400_000_000
D = decimal.Decimal
cases = []


def path(name):
    return os.path.join(HERE, name + ".parquet")


def ask(name, *statements, **settings):
    for sql in statements:
        cases.append({"file": name, "set": {k.replace("__", "."): v for k, v in settings.items()}, "sql": sql})


def save(name, table, notes=None, **options):
    if notes is not None:
        table = table.replace_schema_metadata(notes)
    pq.write_table(table, path(name), **{"store_schema": notes is not None, **options})


# Dates and times of the calendar that was Julian before 1582-10-15.

LEAPS = [-682945, -646420, -609895, -536845, -500320, -463795, -390745, -354220, -317695, -244645, -208120, -171595]
DAYS = [-1_200_000, -719_530, -719_165, -719_164, -719_163, *LEAPS[:3], *[d - 1 for d in LEAPS[3:6]], -141_428, -141_427, -141_426, -25_568, -25_567, 0, 18_262]
TIMES = [
    *[d * DAY + 45_296_000_001 for d in DAYS[:-4]],
    *[s * 1_000_000 + m for s in [-12_219_292_800, -2_717_640_000, -2_717_640_422, -2_450_998_800, -2_208_988_800] for m in [-1, 0]],
    0, 1_577_836_800_000_000,
]


def calendar_table(unit="us"):
    n = max(len(DAYS), len(TIMES))
    days = (DAYS + [18_263] * n)[:n]
    times = sorted(t // 1000 if unit == "ms" else t for t in TIMES)
    times = (times + [times[-1]] * n)[:n]
    date = lambda values: pa.array(values, pa.int32()).cast(pa.date32())
    stamp = lambda values: pa.array(values, pa.int64()).cast(pa.timestamp(unit, "UTC"))
    d, ts = date(days), stamp(times)
    some = pa.array([0 if i % 5 else 1 for i in range(n)], pa.int32())
    return pa.table({
        "i": pa.array(range(n), pa.int32()), "d": d, "ts": ts,
        "maybe": date([None if i % 3 == 0 else v for i, v in enumerate(days)]),
        "local": pa.array(times, pa.int64()).cast(pa.timestamp(unit)),
        "list": pa.ListArray.from_arrays(pa.array(range(n + 1), pa.int32()), d),
        "pair": pa.StructArray.from_arrays([ts, d, some], ["ts", "d", "n"]),
        "map": pa.MapArray.from_arrays(pa.array(range(n + 1), pa.int32()), d, ts),
    })


CALENDAR_QUERIES = [
    "SELECT * FROM t ORDER BY i",
    "SELECT i FROM t WHERE d < DATE'1582-10-05' ORDER BY i",
    "SELECT i FROM t WHERE d = DATE'1582-10-04' OR d > DATE'1969-12-31' ORDER BY i",
    "SELECT i FROM t WHERE d BETWEEN DATE'1000-03-01' AND DATE'1582-10-20' ORDER BY i",
    "SELECT i FROM t WHERE ts < TIMESTAMP'1883-11-18 20:07:02Z' ORDER BY i",
    "SELECT i FROM t WHERE ts >= TIMESTAMP'1582-10-15 00:00:00Z' AND ts < TIMESTAMP'1900-01-01 00:00:01Z' ORDER BY i",
    "SELECT min(d), max(d), min(ts), max(ts), count(maybe), min(maybe) FROM t",
]
INT96_QUERIES = [q for q in CALENDAR_QUERIES if "d " not in q and "(d)" not in q] + ["SELECT min(ts), max(ts), count(*) FROM t"]


def calendars():
    files = {
        "calendar-v24": {V: "2.4.8"},
        "calendar-v24-zone": {V: "2.4.8", ZONE: "Asia/Shanghai"},
        "calendar-marked": {V: "3.5.1", DATETIME: "", ZONE: "UTC"},
        "calendar-los-angeles": {V: "3.5.1", DATETIME: "", ZONE: "America/Los_Angeles"},
        "calendar-amsterdam": {V: "4.0.0", DATETIME: "", ZONE: "Europe/Amsterdam"},
        "calendar-offset": {V: "3.2.0", DATETIME: "", ZONE: "GMT+05:30"},
        "calendar-version-ten": {V: "10.0.0"},
        "calendar-modern": {V: "3.5.1", ZONE: "America/Los_Angeles"},
        "calendar-unmarked": {},
    }
    for n, (name, notes) in enumerate(files.items()):
        save(name, calendar_table(), notes, row_group_size=6, use_dictionary=n % 2 == 0, data_page_version="2.0" if n % 3 == 0 else "1.0", compression=["snappy", "zstd", "gzip"][n % 3])
        ask(name, *CALENDAR_QUERIES)
    save("calendar-millis", calendar_table("ms"), {V: "2.4.0"}, row_group_size=6)
    ask("calendar-millis", *CALENDAR_QUERIES)
    zoned = {"spark__sql__session__timeZone": "America/Los_Angeles"}
    ask("calendar-v24", CALENDAR_QUERIES[0], **zoned)
    for mode in ["LEGACY", "CORRECTED", "EXCEPTION", "legacy"]:
        key = {"spark__sql__parquet__datetimeRebaseModeInRead": mode}
        ask("calendar-unmarked", *CALENDAR_QUERIES[:5], **key)
        ask("calendar-unmarked", "SELECT i, ts FROM t WHERE i < 3", "SELECT list FROM t", "SELECT i FROM t", **key)
        ask("calendar-modern", CALENDAR_QUERIES[0], **key)
    flat = calendar_table().select(["i", "ts"])
    for name, notes in {
        "int96-v30": {V: "3.0.1"}, "int96-marked": {V: "3.5.1", INT96: "", ZONE: "America/Los_Angeles"},
        "int96-datetime-marked": {V: "3.5.1", DATETIME: "", ZONE: "UTC"}, "int96-unmarked": {},
    }.items():
        save(name, flat, notes, use_deprecated_int96_timestamps=True, row_group_size=6)
        ask(name, *INT96_QUERIES)
    for mode in ["LEGACY", "CORRECTED", "EXCEPTION"]:
        ask("int96-unmarked", *INT96_QUERIES[:2], **{"spark__sql__parquet__int96RebaseModeInRead": mode})
        ask("int96-v30", INT96_QUERIES[0], **{"spark__sql__parquet__int96RebaseModeInRead": mode})


# Columns of logical type UNKNOWN.


def unknowns():
    n = pa.nulls(3)
    save("unknown", pa.table({
        "i": pa.array([1, 2, 3], pa.int32()), "x": n,
        "list": pa.array([[None, None], [], None], pa.list_(pa.null())),
        "pair": pa.array([{"a": None, "b": 1}, None, {"a": None, "b": 2}], pa.struct([("a", pa.null()), ("b", pa.int64())])),
        "deep": pa.array([[{"a": None}], [None], None], pa.list_(pa.struct([("a", pa.null())]))),
    }))
    ask("unknown", "SELECT * FROM t ORDER BY i", "SELECT count(*), count(x), sum(x), max(x) FROM t", "SELECT i FROM t WHERE x IS NULL ORDER BY i", "SELECT i FROM t WHERE x > 1", "SELECT i, x + 1, coalesce(x, i) FROM t ORDER BY i")
    values = {h.BOOLEAN: [True], h.INT32: [7], h.INT64: [7], h.INT96: [struct.pack("<qi", 1, 2_440_589)], h.FLOAT: [1.5], h.DOUBLE: [1.5], h.BYTES: [b"a"], h.FIXED: [b"abcd"]}
    kinds = "boolean int32 int64 int96 float double bytes fixed".split()
    pages = lambda p: h.page_v1(h.plain(p, values[p]), 3, h.levels([0, 1, 0]))
    h.save(
        path("unknown-kinds"),
        [h.node("schema", children=8)] + [h.node(kinds[p], p, h.OPTIONAL, logical=h.UNKNOWN, length=4 if p == h.FIXED else None) for p in range(8)],
        [h.column([kinds[p]], p, pages(p), 3) for p in range(8)], 3,
    )
    ask("unknown-kinds", "SELECT * FROM t", "SELECT count(int32), sum(int64), max(double) FROM t")
    h.save(path("unknown-converted"), [h.node("schema", children=1), h.node("x", h.INT32, 0, logical=h.UNKNOWN, converted=6)], [h.column(["x"], h.INT32, h.page_v1(h.plain(h.INT32, [1, 2]), 2), 2)], 2)
    ask("unknown-converted", "SELECT * FROM t")


# Times of the day, which Spark does not read.


def times():
    units = {"millis": (1, h.INT32, 7), "micros": (2, h.INT64, 8), "nanos": (3, h.INT64, None)}
    for unit, (member, physical, converted) in units.items():
        kinds = {"utc": dict(logical={7: {1: True, 2: {member: {}}}}), "local": dict(logical={7: {1: False, 2: {member: {}}}}), "converted": dict(converted=converted)}
        for kind, node in kinds.items():
            if node.get("converted", 0) is None:
                continue
            name = f"time-{unit}-{kind}"
            h.save(path(name), [h.node("schema", children=1), h.node("x", physical, h.REQUIRED, **node)], [h.column(["x"], physical, h.page_v1(h.plain(physical, [1, 2]), 2), 2)], 2)
            ask(name, "SELECT * FROM t")


# Spark's own schema in the footer.


def field(name, type, nullable=True, **metadata):
    return {"name": name, "type": type, "nullable": nullable, "metadata": metadata}


def schema_json(*fields):
    return json.dumps({"type": "struct", "fields": list(fields)})


def char(text):
    return {"__CHAR_VARCHAR_TYPE_STRING": text}


def noted_schemas():
    ints = pa.table({"i": pa.array([1, 2, 3, None], pa.int32()), "l": pa.array([10, -20, None, 40], pa.int64()), "s": ["a", "bb", None, "a   "]})
    words = pa.table({
        "i": pa.array(range(6), pa.int32()),
        "c": ["a    ", "ab   ", "abc", None, "", "abcdefg"], "v": ["a    ", "ab", "a", None, "", "abcdefg"],
        "d": ["a  ", "ab ", "abc", "x  ", None, "ab"],
        "pair": pa.array([{"c": "a", "n": 1}, {"c": "ab   ", "n": 2}, None, {"c": None, "n": 3}, {"c": "", "n": 4}, {"c": "a    ", "n": 5}]),
        "list": pa.array([["a", "b    "], [], None, [None], ["ab"], ["a    "]], pa.list_(pa.string())),
    })
    word_schema = schema_json(
        field("i", "integer"), field("c", "string", **char("char(5)")), field("v", "string", **char("varchar(5)")), field("d", "string", **char("char(3)")),
        field("pair", {"type": "struct", "fields": [field("c", "string"), field("n", "long")]}, **char("struct<c:char(5),n:bigint>")),
        field("list", {"type": "array", "elementType": "string", "containsNull": True}, **char("array<char(5)>")),
    )
    save("noted-char", words, {V: "4.0.1", SCHEMA: word_schema})
    ask(
        "noted-char", "SELECT * FROM t ORDER BY i", "SELECT i, length(c), length(v), length(d) FROM t ORDER BY i",
        *[f"SELECT i FROM t WHERE {p} ORDER BY i" for p in [
            "c = 'a'", "'ab' = c", "c = 'a    '", "c = 'a      '", "c <> 'a'", "c <=> 'a'", "c > 'a'", "c <= 'ab'", "c IN ('a', 'abc')", "c IN ('a', 'abcdefg')", "c NOT IN ('a')",
            "c = d", "c < d", "v = 'a'", "v = 'a    '", "c = v", "d = 'ab'", "c LIKE 'a%'", "c LIKE 'a'", "c = ''", "trim(c) = 'a'", "c = concat('a', '')", "pair.c = 'a'", "c = cast('a' as string)",
            "c = NULL", "c IN ('a', NULL)", "c IN (CAST(NULL AS STRING), 'a')", "c IN ('a', d)", "c IN ('a', concat('a', 'b'))", "c IN ('ab', DATE'2020-01-01')", "c BETWEEN 'a' AND 'ab'", "upper(c) = 'AB'", "c || '' = 'a'",
        ]],
        "SELECT c, count(*) FROM t GROUP BY c ORDER BY c", "SELECT x FROM (SELECT c AS x, i FROM t) WHERE x = 'a'", "SELECT max(c), min(d) FROM t", "SELECT count(*) FROM t a JOIN t b ON a.c = b.d",
        "SELECT CASE c WHEN 'a' THEN 1 ELSE 0 END FROM t ORDER BY i", "SELECT i FROM t ORDER BY c, i", "SELECT upper(c) FROM t ORDER BY i", "WITH q AS (SELECT c FROM t) SELECT count(*) FROM q WHERE c = 'ab'",
    )
    for setting in [{"spark__sql__readSideCharPadding": "false"}, {"spark__sql__legacy__charVarcharAsString": "true"}]:
        ask("noted-char", "SELECT * FROM t ORDER BY i", *[f"SELECT i FROM t WHERE {p} ORDER BY i" for p in ["c = 'a'", "c = 'abc'", "c IN ('a', 'abc')", "c = d", "c <> d", "c > 'a'", "c LIKE 'a'"]], **setting)
        ask("noted-char", "SELECT c, count(*) FROM t GROUP BY c ORDER BY c", **setting)
    units = ["year", "month", "year to month"]
    months = pa.array([14, -1, None, 2_147_483_647], pa.int32())
    micros = pa.array([90_061_000_001, -1, None, 9_223_372_036_854_775_807], pa.int64())
    spans = ["day", "hour", "minute", "second", "day to hour", "day to minute", "day to second", "hour to minute", "hour to second", "minute to second"]
    save(
        "noted-intervals",
        pa.table({"i": pa.array(range(4), pa.int32()), **{f"m{n}": months for n in range(3)}, **{f"t{n}": micros for n in range(10)},
                  "list": pa.ListArray.from_arrays(pa.array([0, 1, 2, 3, 4], pa.int32()), months), "pair": pa.StructArray.from_arrays([micros], ["t"])}),
        {V: "4.0.1", SCHEMA: schema_json(
            field("i", "integer"), *[field(f"m{n}", f"interval {u}") for n, u in enumerate(units)], *[field(f"t{n}", f"interval {u}") for n, u in enumerate(spans)],
            field("list", {"type": "array", "elementType": "interval year to month", "containsNull": True}), field("pair", {"type": "struct", "fields": [field("t", "interval day to second")]}))},
        row_group_size=2,
    )
    ask("noted-intervals", "SELECT * FROM t ORDER BY i", "SELECT i FROM t WHERE m2 > INTERVAL '1' MONTH ORDER BY i", "SELECT i FROM t WHERE t6 < INTERVAL '1' DAY ORDER BY i", "SELECT max(m2), min(t6) FROM t", "SELECT m2 * 2 FROM t WHERE i = 0", "SELECT DATE'2020-01-31' + m2 FROM t WHERE i < 2 ORDER BY i")
    good = [field("i", "integer"), field("l", "long"), field("s", "string")]
    for name, note in {
        "noted-cut-off": schema_json(*good)[:-5], "noted-empty": "", "noted-not-a-struct": '"integer"', "noted-unknown-type": schema_json(field("i", "tensor")),
        "noted-wider": schema_json(field("i", "long"), field("l", "long"), field("s", "string")),
        "noted-more": schema_json(*good, field("extra", "double")), "noted-fewer": schema_json(good[2], good[0]), "noted-wrong": schema_json(field("i", "string"), *good[1:]),
        "noted-case": schema_json(field("I", "integer"), field("L", "long"), field("S", "string")),
        "noted-required": schema_json(*[dict(f, nullable=False) for f in good]),
        "noted-comment": schema_json(field("i", "integer", comment="the number"), *good[1:]),
        "noted-case-class": "StructType(List(StructField(i,IntegerType,true), StructField(s,StringType,true)))",
        "noted-case-class-rich": "StructType(ArrayBuffer(StructField(s,BinaryType,false), StructField(x,MapType(LongType,ArrayType(DecimalType(5,2),true),false),true), StructField(i,DecimalType(),true), StructField(p,StructType(List()),true)))",
        "noted-case-class-broken": "StructType(List(StructField(i,IntegerType,true), StructField(s,StringType)))",
        "noted-twice": schema_json(good[0], good[0]),
        "noted-binary": schema_json(good[0], good[1], field("s", "binary")),
        "noted-decimal": schema_json(field("i", "decimal(12,2)"), *good[1:]),
        "noted-udt": schema_json(field("i", {"type": "udt", "class": "x", "pyClass": None, "sqlType": "integer"}), *good[1:]),
        "noted-no-metadata": json.dumps({"type": "struct", "fields": [{"name": "i", "type": "integer", "nullable": True}]}),
        "noted-no-nullable": json.dumps({"type": "struct", "fields": [{"name": "i", "type": "integer", "metadata": {}}]}),
        "noted-void": schema_json(field("i", "void"), *good[1:]),
    }.items():
        save(name, ints, {V: "4.0.1", SCHEMA: note})
        ask(name, "SELECT * FROM t", "SELECT count(*) FROM t", "SELECT s FROM t WHERE s = 'a'", "SELECT count(i) FROM t WHERE i > 1")
    times = pa.table({"a": pa.array([0, 1], pa.timestamp("us")), "b": pa.array([0, 1], pa.timestamp("us", "UTC")), "n": pa.array([{"x": 1, "y": 2}, {"x": 3, "y": None}])})
    save("noted-times", times, {V: "4.0.1", SCHEMA: schema_json(field("a", "timestamp_ntz"), field("b", "timestamp"), field("n", {"type": "struct", "fields": [field("y", "long"), field("z", "string")]}))})
    save("noted-times-swapped", times, {V: "4.0.1", SCHEMA: schema_json(field("a", "timestamp"), field("b", "timestamp_ntz"))})
    for name in ["noted-times", "noted-times-swapped"]:
        ask(name, "SELECT * FROM t", "SELECT a FROM t", "SELECT b FROM t")


# Footers and levels that are odd but sound.


def odd_footers():
    x = h.node("x", h.INT32, h.REQUIRED)
    pages = h.page_v1(h.plain(h.INT32, [1, 2, 3]), 3)
    one = [h.column(["x"], h.INT32, pages, 3)]
    root = h.node("schema", children=1)
    for name, rows in [("odd-rows-zero", 0), ("odd-rows-more", 99)]:
        h.save(path(name), [root, x], one, 3, footer_rows=rows)
    h.save(path("odd-element-too-many"), [root, x, h.node("y", h.INT32, h.REQUIRED)], one, 3)
    empty_run = b"\x06\0"
    full_run = h.uvarint(6) + b"\x01"
    h.save(path("odd-repetition-bytes"), [root, h.node("x", h.INT32, h.OPTIONAL)], [h.column(["x"], h.INT32, h.page_v2(h.plain(h.INT32, [1, 2, 3]), 3, 0, empty_run, full_run), 3)], 3)
    h.save(path("odd-repetition-bytes-required"), [root, x], [h.column(["x"], h.INT32, h.page_v2(h.plain(h.INT32, [1, 2, 3]), 3, 0, empty_run, b""), 3)], 3)
    map_schema = [root, h.node("m", None, h.OPTIONAL, 1, converted=1, logical=h.MAP), h.node("key_value", None, h.REPEATED, 2), h.node("key", h.BYTES, h.OPTIONAL, converted=0, logical=h.STRING), h.node("value", h.BYTES, h.OPTIONAL, converted=0, logical=h.STRING)]
    texts = lambda *words: h.plain(h.BYTES, [w.encode() for w in words])
    leaf = lambda name, words, defined: h.column(["m", "key_value", name], h.BYTES, h.page_v1(texts(*words), 3, h.levels([0, 1, 0]), h.levels(defined, 2)), 3)
    h.save(path("odd-optional-key"), map_schema, [leaf("key", ["a", "b", "c"], [3, 3, 3]), leaf("value", ["x", "y"], [3, 2, 3])], 2)
    for name in ["odd-rows-zero", "odd-rows-more", "odd-element-too-many", "odd-repetition-bytes", "odd-repetition-bytes-required"]:
        ask(name, "SELECT * FROM t ORDER BY x", "SELECT count(*) FROM t", "SELECT x FROM t WHERE x > 1 ORDER BY x", "SELECT sum(x) FROM t")
    ask("odd-optional-key", "SELECT * FROM t", "SELECT count(*) FROM t", "SELECT map_keys(m) FROM t")
    list_schema = [h.node("schema", children=2), h.node("list", None, h.REQUIRED, 1, converted=3, logical=h.LIST), h.node("list", None, h.REPEATED, 1), h.node("element", h.INT32, h.REQUIRED), x]
    lists = h.column(["list", "list", "element"], h.INT32, h.page_v1(h.plain(h.INT32, [1, 2, 3]), 3, h.levels([0, 1, 0]), h.levels([1, 1, 1])), 3, claimed_bytes=3 << 30)
    h.save(path("odd-claims-too-much"), list_schema, [lists, h.column(["x"], h.INT32, h.page_v1(h.plain(h.INT32, [1, 2]), 2), 2)], 2)
    ask("odd-claims-too-much", "SELECT x FROM t ORDER BY x", "SELECT * FROM t ORDER BY x", "SELECT count(*) FROM t")
    count, word = 300_000, 8_192
    prefixed = h.deltas([0] + [word] * (count - 1)) + h.deltas([word] + [0] * (count - 1)) + b"p" * word
    long_texts = h.column(["x"], h.BYTES, h.page_v1(prefixed, count, encoding=7), count, encoding=7)
    h.save(path("odd-prefixes-too-large"), [root, h.node("x", h.BYTES, h.REQUIRED, converted=0, logical=h.STRING)], [long_texts], count)
    ask("odd-prefixes-too-large", "SELECT count(*) FROM t", "SELECT sum(octet_length(x)) FROM t")


# Statistics that are wrong, cut off, of an old kind or in no known order.


def statistics():
    def one(name, physical, node, values, stats, queries, **rest):
        h.save(path(name), [h.node("schema", children=1), h.node("x", physical, h.REQUIRED, **node)], [h.column(["x"], physical, h.page_v1(h.plain(physical, values), len(values)), len(values), stats)], len(values), **rest)
        ask(name, "SELECT * FROM t ORDER BY x", "SELECT count(*), min(x), max(x) FROM t", *[f"SELECT x FROM t WHERE {q} ORDER BY x" for q in queries])

    text = dict(converted=0, logical=h.STRING)
    words = ["x = 'a'", "x = 'é'", "x > 'b'", "x <= 'a'", "x LIKE 'é%'", "x IN ('é')", "x IS NOT NULL"]
    low_e, a = "é".encode(), b"a"
    one("stats-text-old", h.BYTES, text, [a, low_e], h.bounds(old_low=low_e, old_high=a), words, orders=False)
    one("stats-text-old-mr", h.BYTES, text, [a, low_e], h.bounds(old_low=low_e, old_high=a), words, created_by="parquet-mr version 1.8.1 (build 0)")
    one("stats-text-corrupt-mr", h.BYTES, text, [a, b"zz"], h.bounds(old_low=a, old_high=a), ["x = 'zz'", "x > 'a'"], created_by="parquet-mr version 1.6.0 (build 0)")
    one("stats-text-no-orders", h.BYTES, text, [a, low_e], h.bounds(low_e, a), words, orders=False)
    one("stats-text-cut-off", h.BYTES, text, [b"aaaa", b"zzzz"], h.bounds(b"aa", b"zz{"), ["x = 'aaaa'", "x = 'zzzz'", "x > 'zz'", "x < 'aaaa'", "x LIKE 'zzz%'"])
    one("stats-text-not-utf8", h.BYTES, text, [a, low_e], h.bounds(a, b"\xc3"), words)
    number = ["x = 1", "x = 4000000000", "x > 5", "x < 5", "x <= 1", "x IS NULL"]
    old = -294_967_296
    unsigned = dict(converted=13)
    one("stats-unsigned-old", h.INT32, unsigned, [1, old], h.bounds(old_low=h.plain(h.INT32, [old]), old_high=h.plain(h.INT32, [1])), number)
    one("stats-unsigned", h.INT32, unsigned, [1, old], h.bounds(h.plain(h.INT32, [1]), h.plain(h.INT32, [old])), number)
    money = lambda *v: [n.to_bytes(4, "big", signed=True) for n in v]
    fixed = dict(converted=5, length=4, scale=2, precision=9)
    amounts = ["x = 1", "x = -1", "x > 0", "x < 0", "x > -5", "x = 1.00"]
    one("stats-decimal-old", h.FIXED, fixed, money(-100, 100), h.bounds(old_low=money(100)[0], old_high=money(-100)[0]), amounts)
    one("stats-decimal", h.FIXED, fixed, money(-100, 100), h.bounds(*money(-100, 100)), amounts)
    one("stats-decimal-cut-off", h.FIXED, fixed, money(-100, 100), h.bounds(b"\xff", b"\x01"), amounts)
    i96 = lambda day: struct.pack("<qi", 0, 2_440_588 + day)
    one("stats-int96", h.INT96, {}, [i96(0), i96(18_262)], h.bounds(i96(0), i96(0)), ["x > TIMESTAMP'2019-01-01'", "x < TIMESTAMP'2019-01-01'"])
    f64 = lambda v: h.plain(h.DOUBLE, [v])
    nan = math.nan
    reals = ["x = 1", "x = 5", "x = 0", "x = -0D", "x > 0", "x >= 5", "x < 5", "x <= 0", "x = double('NaN')", "x >= double('NaN')", "x < double('NaN')", "x IN (5D, 7D)"]
    one("stats-nan", h.DOUBLE, {}, [1.0, nan, 5.0], h.bounds(f64(nan), f64(nan)), reals)
    one("stats-nan-low", h.DOUBLE, {}, [1.0, nan, 5.0], h.bounds(f64(nan), f64(5.0)), reals)
    one("stats-nan-hidden", h.DOUBLE, {}, [1.0, nan, 5.0], h.bounds(f64(1.0), f64(5.0)), reals)
    one("stats-zeros", h.DOUBLE, {}, [-0.0, 0.0], h.bounds(f64(0.0), f64(-0.0)), reals)
    i32 = lambda v: h.plain(h.INT32, [v])
    swapped = ["x = 1", "x = 9", "x > 5", "x < 5", "x IS NOT NULL"]
    one("stats-swapped", h.INT32, {}, [1, 9], h.bounds(i32(9), i32(1)), swapped)
    one("stats-wrong-nulls", h.INT32, {}, [1, 9], h.bounds(i32(1), i32(9), nulls=2), swapped)
    one("stats-one-side", h.INT32, {}, [1, 9], h.bounds(low=i32(1)), swapped)
    h.save(path("stats-wrong-values"), [h.node("schema", children=2), h.node("x", h.INT32, 0), h.node("d", h.INT32, 0, converted=5, scale=2, precision=5)],
           [h.column([n], h.INT32, h.page_v1(h.plain(h.INT32, [1, 30_000]), 2), 2, h.bounds(i32(1), i32(9))) for n in ["x", "d"]], 2)
    ask("stats-wrong-values", *[f"SELECT x, d FROM t WHERE {q}" for q in ["x = 30000", "x > 9", "x < 9", "d > 1", "d = 300", "x IS NULL"]])
    ask("stats-wrong-nulls", "SELECT x FROM t WHERE x IN (1, 9)", "SELECT x FROM t WHERE x < 9 OR x > 9", "SELECT x FROM t WHERE x IS NULL")
    ask("stats-wrong-values", "SELECT * FROM t", "SELECT sum(x), sum(d), max(x) FROM t", "SELECT x * 100 + d FROM t", "SELECT d * d, sum(d * d) OVER () FROM t", "SELECT x, count(*) FROM t GROUP BY x ORDER BY x", "SELECT sum(d * d * x) FROM t")
    local = lambda utc: dict(logical={8: {1: utc, 2: {2: {}}}})
    i64 = lambda v: h.plain(h.INT64, [v])
    moments = ["x < TIMESTAMP_NTZ'2020-01-01 00:00:00'", "x >= TIMESTAMP_NTZ'2020-01-01 00:00:00'"]
    for name, writer in [("stats-local", "Parquet.Net version 3.0.0"), ("stats-local-nameless", "handmade")]:
        one(name, h.INT64, local(False), [0, 1_600_000_000_000_000], h.bounds(i64(0), i64(0)), moments, created_by=writer)


# Every kind of column in row groups that statistics tell apart, by several writers.


def kinds(rows=96, group=12):
    rng = random.Random(11)
    spread = lambda low, high: sorted([low, high] + [rng.randint(low, high) for _ in range(rows - 2)])
    nulls = lambda values, every=7: [None if i % every == 3 else v for i, v in enumerate(values)]
    signed = lambda bits: spread(-(1 << bits - 1), (1 << bits - 1) - 1)
    unsigned = lambda bits: spread(0, (1 << bits) - 1)
    real = sorted([-math.inf, -1.7976931348623157e308, -1.5, -0.0, 0.0, 5e-324, math.inf] + [rng.uniform(-1e3, 1e3) for _ in range(rows - 9)]) + [math.nan, math.nan]
    single = sorted([-math.inf, -3.4028234663852886e38, -0.0, 0.0, 1.401298464324817e-45, math.inf] + [rng.randrange(-4000, 4000) / 8 for _ in range(rows - 8)]) + [math.nan, math.nan]
    word = sorted(["", "a", "A", "\u007f", "é", "日本語", "👍", "z" * 90] + ["".join(rng.choice("abcdé") for _ in range(rng.randrange(1, 9))) for _ in range(rows - 8)], key=lambda s: s.encode())
    blob = sorted([b"", b"\0", b"\x7f", b"\x80", b"\xff" * 3] + [rng.randbytes(rng.randrange(1, 6)) for _ in range(rows - 5)])
    days = spread(-719_162, 2_932_896)
    times = spread(-62_135_596_800_000_000, 253_402_300_799_999_999)
    number = lambda digits: spread(-(10**digits) + 1, 10**digits - 1)
    amount = lambda digits, scale: pa.array(nulls([D(n).scaleb(-scale, decimal.Context(prec=60)) for n in number(digits)]), pa.decimal128(digits, scale))
    some = lambda make: [None if i % 5 == 2 else make(i) for i in range(rows)]
    table = pa.table({
        "i": pa.array(range(rows), pa.int32()),
        "flag": pa.array(nulls([i >= rows // 2 for i in range(rows)])), "i8": pa.array(nulls(signed(8)), pa.int8()), "i16": pa.array(nulls(signed(16)), pa.int16()),
        "i32": pa.array(nulls(signed(32)), pa.int32()), "i64": pa.array(nulls(signed(64)), pa.int64()), "u8": pa.array(nulls(unsigned(8)), pa.uint8()),
        "u16": pa.array(nulls(unsigned(16)), pa.uint16()), "u32": pa.array(nulls(unsigned(32)), pa.uint32()), "u64": pa.array(nulls(unsigned(64)), pa.uint64()),
        "f32": pa.array(nulls(single), pa.float32()), "f64": pa.array(nulls(real), pa.float64()), "text": pa.array(nulls(word)), "bytes": pa.array(nulls(blob), pa.binary()),
        "day": pa.array(nulls(days), pa.int32()).cast(pa.date32()), "us": pa.array(nulls(times), pa.int64()).cast(pa.timestamp("us", "UTC")),
        "ms": pa.array(nulls([t // 1000 for t in times]), pa.int64()).cast(pa.timestamp("ms", "UTC")), "local": pa.array(nulls(times), pa.int64()).cast(pa.timestamp("us")),
        "d4": amount(4, 4), "d9": amount(9, 2), "d18": amount(18, 0), "d38": amount(38, 10),
        "empty": pa.array([None if i < rows // 2 else i for i in range(rows)], pa.int32()), "same": pa.array([7] * rows, pa.int64()),
    })
    nested = pa.table({
        "i": table["i"],
        "ints": pa.array(some(lambda i: [None if k == 1 else i * k for k in range(i % 4)]), pa.list_(pa.int16())),
        "reals": pa.array(some(lambda i: real[i : i + i % 3]), pa.list_(pa.float64())),
        "texts": pa.array(some(lambda i: [word[-i], None][: i % 3]), pa.list_(pa.string())),
        "point": pa.array(some(lambda i: {"x": i if i % 3 else None, "y": {"z": days[i] % 20_000, "w": [i] * (i % 2)}}), pa.struct([("x", pa.uint32()), ("y", pa.struct([("z", pa.date32()), ("w", pa.list_(pa.decimal128(20, 2)))]))])),
        "map": pa.array(some(lambda i: [(k, None if k == 1 else f"v{i}") for k in range(i % 3)]), pa.map_(pa.int32(), pa.string())),
        "lists": pa.array(some(lambda i: [[True, None], [], None][: i % 4]), pa.list_(pa.list_(pa.bool_()))),
        "maps": pa.array(some(lambda i: [[(f"k{i}", [{"t": times[i] // 1000 * 1000}])]] * (i % 2)), pa.list_(pa.map_(pa.string(), pa.list_(pa.struct([("t", pa.timestamp("us", "UTC"))]))))),
    })
    required = pa.table([c.fill_null(c[0].as_py() if c[0].is_valid else 0) if c.null_count and c.type != pa.int32() else c for c in table.columns], table.column_names)
    ints = ["i", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "day", "us", "ms", "same"]
    encodings = {
        "kinds-dictionary": {}, "kinds-plain-v2": dict(use_dictionary=False, data_page_version="2.0", compression="zstd"),
        "kinds-integer-decimals": dict(store_decimal_as_integer=True, compression="gzip", data_page_version="2.0"),
        "kinds-no-statistics": dict(write_statistics=False, compression="none"), "kinds-small-pages": dict(data_page_size=32, write_batch_size=4, compression="lz4", dictionary_pagesize_limit=64),
        "kinds-delta": dict(use_dictionary=False, data_page_version="2.0", column_encoding={**{c: "DELTA_BINARY_PACKED" for c in ints}, "text": "DELTA_BYTE_ARRAY", "bytes": "DELTA_LENGTH_BYTE_ARRAY", "f32": "BYTE_STREAM_SPLIT", "f64": "BYTE_STREAM_SPLIT"}),
    }
    split = [c for c in table.column_names if c not in ["f32", "f64"]]
    for name, options in encodings.items():
        save(name, table, row_group_size=group, **options)
        ask(name, "SELECT * FROM t ORDER BY i")
    ask("kinds-delta", f"SELECT {', '.join(split)} FROM t ORDER BY i")
    save("kinds-required", required, row_group_size=group)
    save("kinds-one-group", table, compression="snappy")
    save("kinds-nested", nested, row_group_size=24)
    save("kinds-nested-v2", nested, row_group_size=24, data_page_version="2.0", compression="zstd", use_dictionary=False, data_page_size=64, write_batch_size=8)
    for name in ["kinds-required", "kinds-one-group", "kinds-nested", "kinds-nested-v2"]:
        ask(name, "SELECT * FROM t ORDER BY i")
    con = duckdb.connect()
    con.execute("set timezone = 'UTC'")
    con.register("flat", table.drop_columns(["ms"]))
    for name, options in {"kinds-duckdb": "", "kinds-duckdb-v2": ", parquet_version v2, codec zstd, row_group_size 24"}.items():
        ask(name, f"SELECT {', '.join(c for c in split if c != 'ms')} FROM t ORDER BY i")
        con.execute(f"copy (select * from flat order by i) to '{path(name)}' (format parquet{options})")
        ask(name, "SELECT * FROM t ORDER BY i")


def spark_written(spark):
    """Files that Spark writes: small row groups, both page versions, intervals and CHAR by its own hand."""
    source = spark.read.parquet(path("kinds-dictionary")).drop("u64").coalesce(1)
    small = {"parquet.block.size": "2048", "parquet.page.size": "256", "parquet.page.size.row.check.min": "4", "parquet.page.size.row.check.max": "4"}

    def write(name, frame, options):
        folder = os.path.join(HERE, "unfinished")
        frame.write.mode("overwrite").options(**options).parquet(folder)
        shutil.move(glob.glob(os.path.join(folder, "part-*"))[0], path(name))
        shutil.rmtree(folder)

    write("kinds-spark", source, small)
    write("kinds-spark-v2", source, {**small, "parquet.writer.version": "v2", "compression": "zstd"})
    spark.conf.set("spark.sql.parquet.outputTimestampType", "INT96")
    write("kinds-spark-int96", source.select("i", "us", "day"), small)
    spark.conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
    spark.conf.set("spark.sql.parquet.datetimeRebaseModeInWrite", "LEGACY")
    write("calendar-spark-legacy", source.select("i", "us", "day"), small)
    spark.conf.set("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED")
    write("noted-spark", spark.sql("SELECT id AS i, INTERVAL '1' MONTH * id AS m, INTERVAL '1 02:03:04' DAY TO SECOND * id AS s, array(INTERVAL '2' YEAR) AS list, CAST(id AS STRING) AS t, TIMESTAMP_NTZ'2020-01-01 00:00:00' AS n FROM range(5)").coalesce(1), {})
    for name in ["kinds-spark", "kinds-spark-v2", "kinds-spark-int96", "calendar-spark-legacy", "noted-spark"]:
        ask(name, "SELECT * FROM t ORDER BY i")


def cell(value):
    return base64.b64encode(value).decode() if isinstance(value, (bytes, bytearray)) else value


frames = {}


def answer(spark, case):
    from pyspark.sql import functions as F, types as T

    key = json.dumps([case["file"], case["set"]])
    before = {k: spark.conf.get(k) for k in case["set"]}
    for name, value in case["set"].items():
        spark.conf.set(name, value)
    try:
        if key not in frames:
            frames[key] = spark.read.parquet(path(case["file"]))
        frames[key].createOrReplaceTempView("t")
        frame = spark.sql(case["sql"])
        fields = frame.schema.fields
        named = frame.toDF(*[f"c{i}" for i in range(len(fields))])
        texts = [F.col(f"c{i}") if isinstance(f.dataType, T.BinaryType) else F.col(f"c{i}").cast("string") for i, f in enumerate(fields)]
        rows = [[cell(v) for v in row] for row in named.select(*texts).collect()]
        if "ORDER BY" not in case["sql"]:
            rows.sort(key=lambda r: json.dumps(r))
        return {"types": [[f.name, f.dataType.simpleString()] for f in fields], "rows": rows}
    except Exception as error:
        try:
            condition = error.getCondition()
        except Exception:
            condition = None
        found = re.findall(r"\[([A-Z][A-Z_0-9.]+)\]", str(error))
        return {"error": condition or (found[0] if found else type(error).__name__)}
    finally:
        for name, value in before.items():
            spark.conf.set(name, value)


def kept_answers():
    """Spark's answers that are there already, by question, where only the others are to be asked."""
    if "--new" not in sys.argv:
        return {}
    with open(os.path.join(HERE, "answers.json"), encoding="utf-8") as file:
        return {json.dumps([a["file"], a["set"], a["sql"]]): a for a in json.load(file)}


def write_answers(spark):
    """Writes a line for each answer as it comes; of the same question asked twice only one."""
    asked = {json.dumps([case["file"], case["set"], case["sql"]]): case for case in cases}
    kept = kept_answers()
    with open(os.path.join(HERE, "answers.json"), "w", encoding="utf-8") as out:
        for n, (question, case) in enumerate(asked.items()):
            line = json.dumps(kept.get(question) or {**case, **answer(spark, case)}, ensure_ascii=False, separators=(",", ":"))
            out.write(("[\n" if n == 0 else ",\n") + line)
            out.flush()
        out.write("\n]\n")


def start_spark():
    """Spark with one thread, without what makes small queries slow."""
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false", "spark.log.level": "OFF", "spark.sql.session.timeZone": "UTC", "spark.driver.extraJavaOptions": "-Duser.timezone=UTC -XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.sql.debug.maxToStringFields": "1000", "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.adaptive.enabled": "false", "spark.sql.shuffle.partitions": "1", "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }
    builder = SparkSession.builder.master("local[1]")
    for key, value in settings.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def main():
    for step in [calendars, unknowns, times, noted_schemas, odd_footers, statistics, kinds]:
        step()
    if "--files" in sys.argv:
        return
    os.environ["TZ"] = "UTC"
    spark = start_spark()
    spark_written(spark)
    for name in glob.glob(os.path.join(HERE, ".*.crc")):
        os.remove(name)
    write_answers(spark)


if __name__ == "__main__":
    main()
