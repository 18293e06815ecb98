/** The tables of TPC-H. */
export const TPCH_TABLES = [
  "customer",
  "lineitem",
  "nation",
  "orders",
  "part",
  "partsupp",
  "region",
  "supplier",
] as const;
