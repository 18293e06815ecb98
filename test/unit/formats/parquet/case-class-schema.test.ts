import { expect, test } from "vitest";
import { simpleString, struct } from "../../../../src/columnar/data-type.ts";
import { caseClassSchema } from "../../../../src/formats/parquet/case-class-schema.ts";

test("a schema in the text of case classes is read with its nested types", () => {
  const text =
    "StructType(ArrayBuffer(StructField(s,BinaryType,false), StructField(x,MapType(LongType,ArrayType(DecimalType(5,2),true),false),true), StructField(d,DecimalType(),true), StructField(p,StructType(List()),true)))";
  const fields = caseClassSchema(text) ?? [];
  expect(simpleString(struct(fields))).toBe(
    "struct<s:binary,x:map<bigint,array<decimal(5,2)>>,d:decimal(10,0),p:struct<>>",
  );
  expect(fields.map(({ nullable }) => nullable)).toEqual([false, true, true, true]);
});

test.each([
  "",
  "IntegerType",
  "StructType(List(StructField(i,IntegerType,true))",
  "StructType(List(StructField(i,IntegerType)))",
  "StructType(List(StructField(i,IntegerType,yes)))",
  "StructType(List(StructField(i,TensorType,true)))",
  "StructType(List(StructField(i,IntegerType,true)StructField(j,IntegerType,true)))",
  "StructType(List(StructField(i,IntegerType,true))) and more",
  "StructType(List(StructField(i,DecimalType(5),true)))",
])("%s is no schema in the text of case classes", (text) => {
  expect(caseClassSchema(text)).toBeNull();
});
