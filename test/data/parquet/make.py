"""Writes the files of this folder and, beside each, what Spark reads from it.

    python make.py            (pyspark 4.2.1, pyarrow, duckdb; the Spark files that are here are of 4.0.1)

X.json: {"fields": [[name, Spark's simple type]], "rows": [[value]]}; values as JSON: null, booleans, numbers for byte to
int, float and double (NaN and infinities as text), days for dates, text for long, timestamps (microseconds) and decimals
(unscaled), base64 for binary, arrays for arrays and structs, pairs for maps.
"""

import base64, datetime, decimal, json, math, os, random, shutil, tempfile

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession, types as T

HERE = os.path.dirname(os.path.abspath(__file__))
os.environ["TZ"] = "UTC"
random.seed(7)
ROWS = 200
D = decimal.Decimal
UTC = datetime.timezone.utc


def path(name):
    return os.path.join(HERE, name + ".parquet")


def some_nulls(values, every=5):
    return [None if random.randrange(every) == 0 else v for v in values]


def integers(bits, signed=True):
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    return [low, high, 0] + [random.choice([random.randint(low, high), random.randint(0, 9)]) for _ in range(ROWS - 3)]


def decimals(precision, scale):
    top = 10**precision - 1
    return [D(n).scaleb(-scale, decimal.Context(prec=60)) for n in [top, -top, 0] + [random.randint(-top, top) for _ in range(ROWS - 3)]]


WORDS = ["", "a", "tindra", "grüße", "日本語", "👍 ok", "x" * 300, "line\nbreak", "O'Brien"]
strings = [random.choice(WORDS) + random.choice(["", str(random.randrange(40))]) for _ in range(ROWS)]
blobs = [random.randbytes(random.randrange(20)) for _ in range(ROWS)]
doubles = [0.0, -0.0, math.nan, math.inf, -math.inf, 5e-324, 1.7976931348623157e308] + [random.uniform(-1e6, 1e6) for _ in range(ROWS - 7)]
floats = [0.0, -0.0, math.nan, math.inf, -math.inf, 1.5, 3.25] + [random.randrange(1 << 20) / 8 for _ in range(ROWS - 7)]
days = [datetime.date(1, 1, 1), datetime.date(9999, 12, 31)] + [datetime.date(1970, 1, 1) + datetime.timedelta(random.randrange(-20000, 20000)) for _ in range(ROWS - 2)]
instants = [datetime.datetime(1970, 1, 1), datetime.datetime(1969, 12, 31, 23, 59, 59, 999999)] + [
    datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=random.randrange(-(10**15), 4 * 10**15)) for _ in range(ROWS - 2)
]
millis = [i.replace(microsecond=i.microsecond // 1000 * 1000) for i in instants]


def flat(null_every=5):
    def column(values, type):
        return pa.array(some_nulls(values, null_every) if null_every else values, type)

    return pa.table(
        {
            "flag": column([random.randrange(3) == 0 for _ in range(ROWS)], pa.bool_()),
            "i8": column(integers(8), pa.int8()),
            "i16": column(integers(16), pa.int16()),
            "i32": column(integers(32), pa.int32()),
            "i64": column(integers(64), pa.int64()),
            "u8": column(integers(8, False), pa.uint8()),
            "u16": column(integers(16, False), pa.uint16()),
            "u32": column(integers(32, False), pa.uint32()),
            "u64": column(integers(64, False), pa.uint64()),
            "f32": column(floats, pa.float32()),
            "f64": column(doubles, pa.float64()),
            "text": column(strings, pa.string()),
            "bytes": column(blobs, pa.binary()),
            "five": column([random.randbytes(5) for _ in range(ROWS)], pa.binary(5)),
            "day": column(days, pa.date32()),
            "ms": column(millis, pa.timestamp("ms", "UTC")),
            "us": column(instants, pa.timestamp("us", "UTC")),
            "local": column(instants, pa.timestamp("us")),
            "d5": column(decimals(5, 2), pa.decimal128(5, 2)),
            "d15": column(decimals(15, 2), pa.decimal128(15, 2)),
            "d38": column(decimals(38, 10), pa.decimal128(38, 10)),
            "sorted": column(list(range(ROWS)), pa.int64()),
            "nothing": pa.array([None] * ROWS, pa.int32()),
        }
    )


def write(name, table, **options):
    options.setdefault("store_decimal_as_integer", False)
    pq.write_table(table, path(name), **options)


def pyarrow_files():
    table, full = flat(), flat(0)
    for codec in ["none", "snappy", "gzip", "brotli", "zstd", "lz4"]:
        write(f"pyarrow-{codec}", table, compression=codec, row_group_size=120)
        write(f"pyarrow-{codec}-v2", full if codec == "zstd" else table, compression=codec, data_page_version="2.0", row_group_size=120)
    write("pyarrow-plain", table, use_dictionary=False)
    write("pyarrow-plain-required", pa.table(full.columns, schema=pa.schema([f.with_nullable(f.name == "nothing") for f in full.schema])), use_dictionary=False)
    write("pyarrow-dictionary-required", pa.table(full.columns, schema=pa.schema([f.with_nullable(f.name == "nothing") for f in full.schema])))
    write("pyarrow-small-pages", table, data_page_size=64, write_batch_size=8, compression="snappy")
    write("pyarrow-small-pages-v2", table, data_page_size=64, write_batch_size=8, data_page_version="2.0", compression="zstd")
    write("pyarrow-dictionary-overflow", table, dictionary_pagesize_limit=60, data_page_size=64, write_batch_size=8)
    write("pyarrow-integer-decimals", table.select(["d5", "d15", "d38"]), store_decimal_as_integer=True)
    write("pyarrow-int96", table.select(["us", "i32"]), use_deprecated_int96_timestamps=True)
    ints, words = ["i8", "i16", "i32", "i64", "u8", "u32", "day", "us", "ms", "sorted", "nothing"], ["text", "bytes"]
    for version in ["1.0", "2.0"]:
        v = version[0]
        for null, t in [("", table), ("-required", full)]:
            write(f"pyarrow-delta-v{v}{null}", t.select(ints), use_dictionary=False, column_encoding={c: "DELTA_BINARY_PACKED" for c in ints}, data_page_version=version, data_page_size=256, write_batch_size=50)
            write(f"pyarrow-delta-length-v{v}{null}", t.select(words), use_dictionary=False, column_encoding={c: "DELTA_LENGTH_BYTE_ARRAY" for c in words}, data_page_version=version)
            fixed = words + ["five", "d38"]
            write(f"pyarrow-delta-bytes-v{v}{null}", t.select(fixed), use_dictionary=False, column_encoding={c: "DELTA_BYTE_ARRAY" for c in fixed}, data_page_version=version, data_page_size=256, write_batch_size=50)
            split = ["f32", "f64", "i32", "i64", "five", "d38"]
            write(f"pyarrow-byte-stream-split-v{v}{null}", t.select(split), use_dictionary=False, column_encoding={c: "BYTE_STREAM_SPLIT" for c in split}, data_page_version=version)
    write("pyarrow-no-rows", table.slice(0, 0))
    with pq.ParquetWriter(path("pyarrow-no-row-groups"), table.schema) as _:
        pass
    nested = nested_table()
    write("pyarrow-nested", nested, row_group_size=120)
    write("pyarrow-nested-v2-zstd", nested, data_page_version="2.0", compression="zstd", data_page_size=256, write_batch_size=20)
    write("pyarrow-time", pa.table({"t": pa.array([datetime.time(1, 2, 3)], pa.time64("us"))}))
    write("pyarrow-nanos", pa.table({"t": pa.array([1, -1, 1999, -1001, None, 1700000000123456789], pa.timestamp("ns", "UTC"))}))


def nested_table():
    def maybe(make, every=5):
        return lambda: None if random.randrange(every) == 0 else make()

    number, word = maybe(lambda: random.randrange(-50, 50)), maybe(lambda: random.choice(WORDS))
    def items(make, most=4):
        return lambda: [make() for _ in range(random.randrange(most))]

    def many(make):
        return [make() for _ in range(ROWS)]

    point = pa.struct([("x", pa.int32()), ("y", pa.float64()), ("tag", pa.string())])
    make_point = maybe(lambda: {"x": number(), "y": random.choice([1.5, math.nan, None]), "tag": word()})
    return pa.table(
        {
            "id": pa.array(range(ROWS), pa.int32()),
            "numbers": pa.array(many(maybe(items(number))), pa.list_(pa.int64())),
            "words": pa.array(many(maybe(items(word))), pa.list_(pa.string())),
            "deep": pa.array(many(maybe(items(maybe(items(word))))), pa.list_(pa.list_(pa.string()))),
            "point": pa.array(many(make_point), point),
            "points": pa.array(many(maybe(items(make_point))), pa.list_(point)),
            "scores": pa.array(many(maybe(lambda: [(w, number()) for w in random.sample(WORDS, random.randrange(4))])), pa.map_(pa.string(), pa.int32())),
            "days": pa.array(many(maybe(items(lambda: random.choice(days)))), pa.list_(pa.date32())),
            "prices": pa.array(many(maybe(items(maybe(lambda: D(random.randrange(10**9)).scaleb(-2))))), pa.list_(pa.decimal128(12, 2))),
            "big": pa.array(many(maybe(items(lambda: random.choice(decimals(38, 10))))), pa.list_(pa.decimal128(38, 10))),
            "times": pa.array(many(maybe(items(lambda: random.choice(instants)))), pa.list_(pa.timestamp("us", "UTC"))),
            "flags": pa.array(many(maybe(items(lambda: random.random() < 0.5))), pa.list_(pa.bool_())),
            "blobs": pa.array(many(maybe(items(lambda: random.randbytes(3)))), pa.list_(pa.binary())),
            "tiny": pa.array(many(maybe(items(lambda: random.randrange(-128, 128)))), pa.list_(pa.int8())),
            "singles": pa.array(many(maybe(items(lambda: 0.5))), pa.list_(pa.float32())),
            "outer": pa.array(
                many(maybe(lambda: {"inner": {"list": items(number)()}, "map": [(random.randrange(9), {"v": word()})]})),
                pa.struct([("inner", pa.struct([("list", pa.list_(pa.int16()))])), ("map", pa.map_(pa.int64(), pa.struct([("v", pa.string())])))]),
            ),
        }
    )


def duckdb_files():
    con = duckdb.connect()
    con.execute("set timezone = 'UTC'")
    flat_sql = """select i % 3 = 0 as flag, (i % 100)::tinyint i8, (i * 7)::smallint i16, nullif(i, 5)::int i32, i::bigint * 1000000007 i64,
        (i % 200)::utinyint u8, (i * 3)::usmallint u16, i::uinteger u32, i::ubigint u64, (i / 4)::float f32, i / 7.0::double f64,
        case when i % 9 = 0 then null else 'word ' || (i % 30) end as text, ('b' || i)::blob bytes, date '1990-01-01' + i::int as day,
        timestamp '2001-02-03 04:05:06.789' + interval (i) minute as local, timestamptz '2001-02-03 04:05:06Z' + interval (i) second as us,
        (i * 1.01)::decimal(4,1) d4, (i * 1.01)::decimal(9,3) d9, (i * 1.01)::decimal(18,4) d18, (i * 1.01)::decimal(38,9) d38, i::hugeint huge
        from range(200) t(i)"""
    flat_sql = flat_sql.replace(", i::hugeint huge", "")
    for name, options in {
        "duckdb-snappy": "",
        "duckdb-zstd": ", codec zstd",
        "duckdb-uncompressed": ", codec uncompressed",
        "duckdb-v2": ", parquet_version v2",
        "duckdb-lz4": ", codec lz4_raw",
    }.items():
        con.execute(f"copy ({flat_sql}) to '{path(name)}' (format parquet{options})")
    con.execute(
        f"""copy (select i, case when i % 4 = 0 then null else range(i % 5) end as numbers, {{'a': i, 'b': 'x' || i}} as pair,
        map {{'k' || i: i}} as scores from range(50) t(i)) to '{path("duckdb-nested")}' (format parquet)"""
    )


def spark_files(spark):
    flat_type = T.StructType(
        [
            T.StructField(n, t)
            for n, t in [
                ("flag", T.BooleanType()), ("i8", T.ByteType()), ("i16", T.ShortType()), ("i32", T.IntegerType()), ("i64", T.LongType()),
                ("f32", T.FloatType()), ("f64", T.DoubleType()), ("text", T.StringType()), ("bytes", T.BinaryType()), ("day", T.DateType()),
                ("us", T.TimestampType()), ("local", T.TimestampNTZType()), ("d5", T.DecimalType(5, 2)), ("d15", T.DecimalType(15, 2)), ("d38", T.DecimalType(38, 10)),
            ]
        ]
    )
    columns = [
        some_nulls(v)
        for v in [
            [random.random() < 0.5 for _ in range(ROWS)], integers(8), integers(16), integers(32), integers(64), floats, doubles, strings, blobs,
            days[2:] * 2, [i.replace(tzinfo=UTC) for i in instants], instants, decimals(5, 2), decimals(15, 2), decimals(38, 10),
        ]
    ]
    frame = spark.createDataFrame([tuple(r) for r in zip(*columns)], flat_type).coalesce(1)
    nested = spark.sql(
        """select id, if(id % 4 = 0, null, transform(sequence(0, id % 5), x -> if(x = 2, null, x))) numbers, named_struct('a', id, 'b', if(id % 3 = 0, null, concat('x', id))) pair,
        if(id % 7 = 0, null, map(concat('k', id), id, 'other', null)) scores, array(named_struct('v', array(cast(id as int)), 'w', if(id % 2 = 0, null, map(id, 1.5D)))) deep,
        array(cast(id as decimal(20, 3)), null) prices, array(timestamp '2020-01-01 00:00:00' + make_interval(0, 0, 0, id)) times from range(60)"""
    ).coalesce(1)

    def save(name, frame, **options):
        folder = os.path.join(HERE, "unfinished")
        writer = frame.write.mode("overwrite")
        for key, value in options.items():
            writer = writer.option(key.replace("__", "."), value)
        writer.parquet(folder)
        part = [f for f in os.listdir(folder) if f.startswith("part-")]
        shutil.move(os.path.join(folder, part[0]), path(name))
        shutil.rmtree(folder)

    save("spark-snappy", frame)
    save("spark-gzip", frame, compression="gzip")
    save("spark-zstd", frame, compression="zstd")
    save("spark-lz4raw", frame, compression="lz4_raw")
    save("spark-uncompressed", frame, compression="uncompressed")
    save("spark-v2", frame, parquet__writer__version="v2")
    save("spark-small-pages", frame, parquet__page__size="256", parquet__page__size__row__check__min="10", parquet__block__size="4096")
    save("spark-nested", nested)
    save("spark-nested-v2", nested, parquet__writer__version="v2")
    spark.conf.set("spark.sql.parquet.writeLegacyFormat", "true")
    spark.conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MILLIS")
    save("spark-legacy", frame.drop("local", "us"))
    save("spark-nested-legacy", nested.drop("times"))
    save("spark-millis", frame.select("us", "i32"))
    spark.conf.set("spark.sql.parquet.writeLegacyFormat", "false")
    spark.conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
    save("spark-micros", frame.select("us", "local"))


def plain(value, type):
    if value is None:
        return None
    if isinstance(type, (T.FloatType, T.DoubleType)):
        if math.isnan(value):
            return "NaN"
        return ("Infinity" if value > 0 else "-Infinity") if math.isinf(value) else value
    if isinstance(type, T.LongType):
        return str(value)
    if isinstance(type, T.DecimalType):
        return str(int(value.scaleb(type.scale, decimal.Context(prec=60))))
    if isinstance(type, T.DateType):
        return (value - datetime.date(1970, 1, 1)).days
    if isinstance(type, (T.TimestampType, T.TimestampNTZType)):
        span = value.replace(tzinfo=None) - datetime.datetime(1970, 1, 1)
        return str((span.days * 86400 + span.seconds) * 1000000 + span.microseconds)
    if isinstance(type, T.BinaryType):
        return base64.b64encode(value).decode()
    if isinstance(type, T.ArrayType):
        return [plain(v, type.elementType) for v in value]
    if isinstance(type, T.MapType):
        return [[plain(k, type.keyType), plain(v, type.valueType)] for k, v in value.items()]
    if isinstance(type, T.StructType):
        return [plain(v, f.dataType) for v, f in zip(value, type.fields)]
    return value


def read(spark, file):
    frame = spark.read.parquet(file)
    fields = frame.schema.fields
    rows = [[plain(v, f.dataType) for v, f in zip(row, fields)] for row in frame.collect()]
    return {"fields": [[f.name, f.dataType.simpleString()] for f in fields], "rows": rows}


def answers(spark):
    for name in sorted(f[:-8] for f in os.listdir(HERE) if f.endswith(".parquet")):
        try:
            answer = read(spark, path(name))
        except Exception as error:
            answer = {"error": str(error).split("\n")[0]}
        if "An error occurred" in answer.get("error", ""):
            # Spark has no such codec or encoding: it reads the same rows as pyarrow writes them again.
            with tempfile.TemporaryDirectory() as folder:
                again = os.path.join(folder, "again.parquet")
                pq.write_table(pq.read_table(path(name)), again, store_decimal_as_integer=False)
                answer = read(spark, again)
        if "error" in answer:
            print(name, answer)
        with open(os.path.join(HERE, name + ".json"), "w") as out:
            json.dump(answer, out, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    pyarrow_files()
    duckdb_files()
    spark = (
        SparkSession.builder.master("local[1]").config("spark.sql.session.timeZone", "UTC").config("spark.ui.enabled", "false")
        .config("spark.driver.extraJavaOptions", "-Duser.timezone=UTC").config("spark.sql.debug.maxToStringFields", "1000").getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    spark_files(spark)
    answers(spark)
    for name in os.listdir(HERE):
        if name.startswith(".") and name.endswith(".crc"):
            os.remove(os.path.join(HERE, name))
