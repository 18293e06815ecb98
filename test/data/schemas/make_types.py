"""Writes types.parquet, decimals.parquet and int96.parquet, and which types Spark reads their columns as into read-as.json: needs pyarrow and pyspark 4.2.1."""
import datetime as dt, decimal, json, os
import pyarrow as pa, pyarrow.parquet as pq
from pyspark.sql import SparkSession

HERE = os.path.dirname(os.path.abspath(__file__))
D=decimal.Decimal
I=lambda t,*v: pa.array(v,t)
dec=lambda p,s: pa.decimal128(p,s)
cols_int={
 'd9i':I(dec(9,2),D('1234567.89'),None,D('-1.05')),
 'd18i':I(dec(18,4),D('12345678901234.5678'),None,D('-1.0500')),
}
cols={
 'bool':I(pa.bool_(),True,None,False),
 'i8':I(pa.int8(),127,None,-128),'i16':I(pa.int16(),32767,None,-129),'i32':I(pa.int32(),2147483647,None,-32769),'i64':I(pa.int64(),9223372036854775807,None,-5),
 'u8':I(pa.uint8(),255,None,7),'u16':I(pa.uint16(),65535,None,7),'u32':I(pa.uint32(),4294967295,None,7),'u64':I(pa.uint64(),18446744073709551615,None,7),
 'f32':I(pa.float32(),0.1,None,float('nan')),'f64':I(pa.float64(),0.1,None,float('inf')),
 'd10b':I(dec(10,2),D('12345678.90'),None,D('-1.05')),'d30b':I(dec(30,4),D('12345678901234567890.1234'),None,D('-1.0500')),
 's':I(pa.string(),'abc',None,'12'),'b':I(pa.binary(),b'abc',None,b'\xff'),
 'date':I(pa.date32(),dt.date(2020,1,2),None,dt.date(1969,12,31)),
 'tsms':I(pa.timestamp('ms','UTC'),1577934245123,None,-1),'tsus':I(pa.timestamp('us','UTC'),1577934245123456,None,-1),
 'ntzms':I(pa.timestamp('ms'),1577934245123,None,-1),'ntzus':I(pa.timestamp('us'),1577934245123456,None,-1),
 'fix':I(pa.binary(3),b'abc',None,b'xyz'),
 'arr':pa.array([[1,2],None,[None]],pa.list_(pa.int32())),
 'st':pa.array([{'a':1,'b':'x'},None,{'a':None,'b':'y'}],pa.struct([('a',pa.int32()),('b',pa.string())])),
 'mp':pa.array([[('k',1)],None,[]],pa.map_(pa.string(),pa.int32())),
}

pq.write_table(pa.table(cols), HERE + "/types.parquet")
pq.write_table(pa.table(cols_int), HERE + "/decimals.parquet", store_decimal_as_integer=True)
pq.write_table(pa.table({"i96": I(pa.timestamp("us"), 1577934245123456, None, -1)}), HERE + "/int96.parquet", use_deprecated_int96_timestamps=True)
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").config("spark.log.level", "OFF").getOrCreate()
with open(HERE + "/read-as.json") as f:
    doc = json.load(f)

def reads(file, column, wanted):
    try:
        spark.read.schema(f"{column} {wanted}").parquet(f"{HERE}/{file}.parquet").collect()
        return True
    except Exception:
        return False

for c in doc["columns"]:
    c["types"] = [w for w in doc["wanted"] if reads(c["file"], c["column"], w)]
with open(HERE + "/read-as.json", "w") as f:
    f.write('{\n"wanted": ' + json.dumps(doc["wanted"]) + ',\n"columns": [\n' + ",\n".join(map(json.dumps, doc["columns"])) + "\n]\n}\n")
