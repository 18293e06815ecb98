"""Writes rows/*.parquet and asks Spark about every layout of layouts.json, printing what differs: needs pyarrow and pyspark 4.2.1."""
import json, os, re, tempfile
import pyarrow as pa, pyarrow.parquet as pq
from pyspark.sql import SparkSession

HERE = os.path.dirname(os.path.abspath(__file__))
ROWS = os.path.join(HERE, "rows")

def write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if isinstance(content, int) and content > 0:
        content = open(f"{ROWS}/{content}.parquet", "rb").read()
    with open(path, "wb") as f:
        f.write(content if isinstance(content, bytes) else b"" if content == 0 else content.encode())

def answer(spark, root, layout):
    options = {k: os.path.normpath(f"{root}/{v}") if k == "basePath" else v for k, v in layout.get("options", {}).items()}
    reader = spark.read.options(**options)
    if "schema" in layout:
        reader = reader.schema(layout["schema"])
    try:
        df = reader.parquet(f"{root}/{layout['read']}")
        return {"schema": df.schema.simpleString(), "rows": sorted("\t".join(map(str, r)) for r in df.collect())}
    except Exception as e:
        found = re.search(r"\[([A-Z][A-Z_]+(?:\.[A-Z_]+)?)\]", str(e))
        return {"error": found.group(1) if found else str(e)[:200]}

os.makedirs(ROWS, exist_ok=True)
for n in range(1, 8):
    pq.write_table(pa.table({"id": pa.array([n], pa.int32())}), f"{ROWS}/{n}.parquet")
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").config("spark.log.level", "OFF").getOrCreate()
with tempfile.TemporaryDirectory() as top:
    for i, layout in enumerate(json.load(open(os.path.join(HERE, "layouts.json")))):
        root = f"{top}/{i}"
        for path, content in layout["files"].items():
            write(f"{root}/{path}", content)
        for path, target in layout.get("links", {}).items():
            os.symlink(target, f"{root}/{path}")
        got = answer(spark, root, layout)
        if got != layout["answer"]:
            print(layout["case"], got, flush=True)
