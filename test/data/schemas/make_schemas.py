"""Writes tables whose files disagree, and Spark's answers to reading them, into schemas.json: needs pyarrow and pyspark 4.2.1."""
import datetime as dt, decimal, json, os, re, shutil, sys
import pyarrow as pa, pyarrow.parquet as pq

HERE = os.path.dirname(os.path.abspath(__file__))
D = decimal.Decimal
i8, i16, i32, i64, f32, f64, s, b = pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.float32(), pa.float64(), pa.string(), pa.binary()
dec = lambda p, q: pa.decimal128(p, q)
col = lambda t, *v: pa.array(v, t)
one = lambda t, *v: pa.table({"c": col(t, *v)})
struct = lambda *v, **fields: pa.table({"c": pa.array(v, pa.struct(list(fields.items())))})
us, utc = pa.timestamp("us"), pa.timestamp("us", "UTC")
DAY, TIME = dt.date(2020, 1, 2), dt.datetime(2020, 1, 2, 3, 4, 5)

def twice(*names):
    return pa.Table.from_arrays([col(i32, i + 1) for i in range(len(names))], names=list(names))

CASES = {
    "added column": [pa.table({"a": col(i32, 1)}), pa.table({"a": col(i32, 2), "b": col(s, "x")})],
    "missing column": [pa.table({"a": col(i32, 1), "b": col(s, "x")}), pa.table({"a": col(i32, 2)})],
    "nothing in common": [pa.table({"a": col(i32, 1)}), pa.table({"b": col(i32, 2)})],
    "another order": [pa.table({"a": col(i32, 1), "b": col(s, "x")}), pa.table({"b": col(s, "y"), "a": col(i32, 2)})],
    "another case": [pa.table({"Key": col(i32, 1)}), pa.table({"kEY": col(i32, 2), "other": col(i32, 3)})],
    "float to double": [one(f64, 1.5, None), one(f32, 0.1, float("nan"))],
    "double to float": [one(f32, 0.1), one(f64, 1.5)],
    "int to double": [one(f64, 1.5), one(i32, 7, None)],
    "long to double": [one(f64, 1.5), one(i64, 7)],
    "int to long": [one(i64, 2**40), one(i32, -7, None)],
    "long to int": [one(i32, 7), one(i64, 2**40)],
    "byte to long": [one(i64, 2**40), one(i8, -7)],
    "int to byte": [one(i8, 1), one(i32, 7)],
    "int to decimal": [one(dec(12, 2), D("1.25")), one(i32, 7, -2147483648)],
    "int to a short decimal": [one(dec(11, 2), D("1.25")), one(i32, 7)],
    "long to decimal": [one(dec(24, 4), D("1.25")), one(i64, 2**63 - 1)],
    "decimal to more digits": [one(dec(20, 2), D("1.25")), one(dec(5, 2), D("-999.99"))],
    "decimal to a larger scale": [one(dec(12, 4), D("1.2345")), one(dec(8, 2), D("-123456.78"))],
    "decimal to a smaller scale": [one(dec(12, 2), D("1.25")), one(dec(12, 4), D("1.2345"))],
    "decimal to fewer digits": [one(dec(5, 2), D("1.25")), one(dec(8, 2), D("123456.78"))],
    "date to timestamp_ntz": [one(us, TIME), one(pa.date32(), DAY, dt.date(1969, 12, 31))],
    "date to timestamp": [one(utc, TIME), one(pa.date32(), DAY)],
    "timestamp_ntz to timestamp": [one(utc, TIME), one(us, TIME)],
    "timestamp to timestamp_ntz": [one(us, TIME), one(utc, TIME)],
    "int to string": [one(s, "x"), one(i32, 7)],
    "string to int": [one(i32, 7), one(s, "x")],
    "binary to string": [one(s, "x"), one(b, b"y")],
    "string to binary": [one(b, b"x"), one(s, "y")],
    "boolean to int": [one(i32, 7), one(pa.bool_(), True)],
    "struct with a field added": [struct({"x": 1}, x=i32), struct({"x": 2, "y": "b"}, x=i32, y=s)],
    "struct with a field missing": [struct({"x": 1, "y": "a"}, x=i32, y=s), struct({"x": 2}, None, x=i32)],
    "struct with no field in common": [struct({"x": 1}, x=i32), struct({"y": "b"}, None, y=s)],
    "struct in another order": [struct({"x": 1, "y": "a"}, x=i32, y=s), struct({"y": "b", "x": 2}, y=s, x=i32)],
    "struct in another case": [struct({"x": 1}, x=i32), struct({"X": 2}, X=i32)],
    "struct with a wider field": [struct({"x": 2**40}, x=i64), struct({"x": 2}, x=i32)],
    "struct with a field of another type": [struct({"x": 1}, x=i32), struct({"x": "b"}, x=s)],
    "struct and int": [struct({"x": 1}, x=i32), one(i32, 7)],
    "array of wider elements": [one(pa.list_(i64), [2**40]), one(pa.list_(i32), [1, None], [])],
    "array of structs with a field added": [one(pa.list_(pa.struct([("x", i32), ("y", s)])), [{"x": 1, "y": "a"}]), one(pa.list_(pa.struct([("x", i32)])), [{"x": 2}, None])],
    "map of wider values": [one(pa.map_(s, f64), [("k", 1.5)]), one(pa.map_(s, f32), [("l", 0.5)])],
    "two columns of one name": [twice("a", "a"), twice("b")],
    "two columns of one name, case ignored": [twice("a", "A"), twice("b")],
    "two columns of one name in the second file": [twice("a", "b"), twice("a", "A")],
    "two columns of just one name in the second file": [twice("a"), twice("a", "a")],
    "two columns of one name that are not read": [twice("b"), twice("a", "A", "b")],
    "two fields of one name": [struct({"x": 1, "X": 2}, x=i32, X=i32), struct({"x": 1}, x=i32)],
    "two fields of one name in the second file": [struct({"x": 1}, x=i32), struct({"x": 1, "X": 2}, x=i32, X=i32)],
}

def answer(make):
    try:
        df = make()
        rows = [list(r) for r in df.selectExpr([f"cast(`{c}` as string)" for c in df.columns]).collect()]
        return {"schema": df.schema.simpleString(), "rows": sorted(rows, key=str)}
    except Exception as e:
        m = re.search(r"\[([A-Z][A-Z_]+(?:\.[A-Z_]+)?)\]", str(e))
        return {"error": m.group(1) if m else type(e).__name__}

def main():
    from pyspark.sql import SparkSession
    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").config("spark.sql.session.timeZone", "UTC").config("spark.log.level", "OFF").config("spark.driver.memory", "1g").getOrCreate()
    shutil.rmtree(os.path.join(HERE, "tables"), ignore_errors=True)
    out = []
    for name, tables in CASES.items():
        folder = os.path.join(HERE, "tables", name.replace(" ", "-").replace(",", ""))
        os.makedirs(folder)
        for file, table in zip("ab", tables):
            pq.write_table(table, f"{folder}/{file}.parquet", compression="none")
        read = lambda **o: spark.read.options(**o).parquet(folder)
        out.append({
            "case": name, "folder": os.path.basename(folder),
            "first": answer(read),
            "merged": answer(lambda: read(mergeSchema="true")),
            "count": answer(lambda: read().selectExpr("count(*) AS n")),
        })
        print(out[-1], flush=True)
    with open(os.path.join(HERE, "schemas.json"), "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(o, ensure_ascii=False) for o in out) + "\n]\n")

main()
