import type { HashAggregateExec } from "../../physical/physical-plan.ts";
import type { AggregateCall } from "../../plan/expression.ts";
import { expressionKey } from "../../plan/expression-key.ts";
import type { TaskSettings } from "../task-spec.ts";
import type { AggregateCode, PlannedAggregate } from "./aggregate-code.ts";
import { kernelOf } from "./aggregate-kernel.ts";
import { followingCode } from "./following-code.ts";
import { hostCode } from "./host-code.ts";
import { slotCode } from "./slot-code.ts";

/** The code of each aggregate; where one's state can be read off another's, only the other is kept. */
export function aggregateCodes(
  { mode, aggregates }: HashAggregateExec,
  settings: TaskSettings,
): readonly AggregateCode[] {
  const leaders = aggregates.filter(({ call }) => {
    const kernel = kernelOf(call, settings.timeZone);
    return kernel.kind === "slots" && kernel.gives !== undefined;
  });
  const leadersOf = Map.groupBy(leaders, ({ call }) => rowsKey(call));
  const following = aggregates.map((aggregate) => {
    if (mode === "final") return null;
    const { call } = aggregate;
    const possible = call.name === "count" ? leaders : (leadersOf.get(rowsKey(call)) ?? []);
    for (const leader of possible) {
      const code = leader === aggregate ? null : followingCode(aggregate, leader, settings);
      if (code) return code;
    }
    return null;
  });
  return aggregates.map((aggregate, i) => following[i] ?? aggregateCode(aggregate, settings));
}

const rowsKey = ({ args, filter }: AggregateCall): string =>
  [...args, ...(filter ? [filter] : [])].map(expressionKey).join();

function aggregateCode(aggregate: PlannedAggregate, settings: TaskSettings): AggregateCode {
  const kernel = kernelOf(aggregate.call, settings.timeZone);
  return kernel.kind === "slots"
    ? slotCode(aggregate, kernel, settings)
    : hostCode(aggregate, kernel, settings);
}
