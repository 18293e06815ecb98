"""Makes not-utf8.parquet: strings whose bytes are no UTF-8, plain, in a dictionary and in a list. Needs pyarrow."""

import pyarrow as pa
import pyarrow.parquet as pq

BYTES = [bytes.fromhex(h) for h in ("C328", "80", "EDA080", "61", "C328", "F09F98")]


def as_string(values):
    data = pa.array(values, pa.binary())
    return pa.Array.from_buffers(pa.string(), len(data), data.buffers())


text = as_string(BYTES)
lists = pa.ListArray.from_arrays(pa.array(range(len(BYTES) + 1), pa.int32()), text)
table = pa.table({"i": pa.array(range(len(BYTES)), pa.int32()), "plain": text, "coded": text, "list": lists})
pq.write_table(table, "not-utf8.parquet", use_dictionary=["coded"], compression="none")
