"""Makes the tables of Spark's SQL tests as Parquet: `python make.py FOLDER` with agg.data, onek.data and tenk.data
of Spark's sql/core/src/test/resources/test-data/postgresql in FOLDER. Needs pyarrow (made with 22)."""

import csv
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

SOURCE = Path(sys.argv[1])
HERE = Path(__file__).parent
INTEGERS = (
    "unique1 unique2 two four ten twenty hundred thousand twothousand fivethous tenthous odd even".split()
)
TENK = pa.schema(
    [(name, pa.int32()) for name in INTEGERS]
    + [(name, pa.string()) for name in ("stringu1", "stringu2", "string4")]
)


def read(name, schema):
    with open(SOURCE / name, newline="") as file:
        rows = list(csv.reader(file, delimiter="\t"))
    columns = []
    for i, field in enumerate(schema):
        texts = [row[i] for row in rows]
        if pa.types.is_int32(field.type):
            texts = [int(text) for text in texts]
        elif pa.types.is_float32(field.type):
            texts = [float(text) for text in texts]
        columns.append(pa.array(texts, field.type))
    return pa.table(columns, schema=schema)


def write(name, table):
    pq.write_table(table, HERE / f"{name}.parquet", compression="snappy")


write("testdata", pa.table({"key": pa.array(range(1, 101), pa.int32()), "value": [str(i) for i in range(1, 101)]}))
ARRAYS = [[1, 2, 3], [2, 3, 4]]
write(
    "arraydata",
    pa.table(
        {
            "arraycol": pa.array(ARRAYS, pa.list_(pa.int32())),
            "nestedarraycol": pa.array([[a] for a in ARRAYS], pa.list_(pa.list_(pa.int32()))),
        }
    ),
)
MAPS = [[(k, f"{'abcde'[k - 1]}{r}") for k in range(1, 7 - r)] for r in range(1, 6)]
write("mapdata", pa.table({"mapcol": pa.array(MAPS, pa.map_(pa.int32(), pa.string()))}))
write("aggtest", read("agg.data", pa.schema([("a", pa.int32()), ("b", pa.float32())])))
write("onek", read("onek.data", TENK))
write("tenk1", read("tenk.data", TENK))
