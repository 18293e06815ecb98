import type { CharMode } from "../formats/parquet/char-mode.ts";
import type { SessionConf } from "./session-conf.ts";

/** How the session reads CHAR columns. */
export function charMode(conf: SessionConf): CharMode {
  if (conf.boolean("spark.sql.legacy.charVarcharAsString")) return "text";
  return conf.boolean("spark.sql.readSideCharPadding") ? "padded" : "stored";
}
