import type { DriverConfig } from "../cluster/driver-config.ts";
import type { SessionConf } from "./session-conf.ts";

type DriverSettings = Pick<
  DriverConfig,
  "speculation" | "maxTaskFailures" | "coalescesPartitions" | "broadcastThresholdBytes"
>;

/** With `spark.speculation`: Spark's quantile and multiplier. */
const SPECULATION = { quantile: 0.9, multiplier: 3, minMs: 100 };

/** What the settings of a session say to the driver. */
export function driverSettings(conf: SessionConf): DriverSettings {
  const adaptive = conf.boolean("spark.sql.adaptive.enabled");
  return {
    speculation: conf.boolean("spark.speculation") ? SPECULATION : null,
    maxTaskFailures: conf.integer("spark.task.maxFailures"),
    coalescesPartitions: adaptive,
    broadcastThresholdBytes: adaptive ? conf.size("spark.sql.autoBroadcastJoinThreshold") : -1,
  };
}
