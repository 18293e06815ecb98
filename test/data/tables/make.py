"""Small tables of several files, for tests of file discovery. Made with pyarrow: python make.py"""
import os
import pyarrow as pa
import pyarrow.parquet as pq

HERE = os.path.dirname(os.path.abspath(__file__))


def write(file, /, **columns):
    path = os.path.join(HERE, file)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    pq.write_table(pa.table(columns), path, compression="snappy")


for year in (2023, 2024):
    for country in ("DE", "New%20Zealand", "__HIVE_DEFAULT_PARTITION__"):
        write(f"sales/year={year}/country={country}/part-0.parquet",
              id=pa.array([year, year + 1]), amount=pa.array([1.5, None]))
os.makedirs(os.path.join(HERE, "sales/_temporary"), exist_ok=True)
with open(os.path.join(HERE, "sales/_SUCCESS"), "w"):
    pass
with open(os.path.join(HERE, "sales/_temporary/broken.parquet"), "w") as file:
    file.write("not Parquet, and hidden")

write("evolved/a.parquet", id=pa.array([1, 2], pa.int32()), name=pa.array(["x", "y"]))
write("evolved/b.parquet", ID=pa.array([3_000_000_000], pa.int64()), city=pa.array(["Bonn"]))

write("conflicting/a.parquet", id=pa.array([1], pa.int32()))
write("conflicting/b.parquet", id=pa.array(["one"]))
