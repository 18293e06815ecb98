import { unreachable } from "../common/assert.ts";
import { partitionsAfter } from "./distribution.ts";
import { exchangeKey } from "./exchange-key.ts";
import type { JobGraph, Stage } from "./job-graph.ts";
import type { ExchangeExec, PhysicalPlan } from "./physical-plan.ts";
import { mapPhysicalChildren, physicalPreOrder } from "./physical-tree.ts";

/** Cuts a physical plan at its exchanges. Equal exchanges become one stage that is read twice. */
export function cutStages(plan: PhysicalPlan): JobGraph {
  const stages: Stage[] = [];
  const stageByExchange = new Map<string, number>();
  const cut = (node: PhysicalPlan): PhysicalPlan => {
    if (node.kind !== "exchange") return mapPhysicalChildren(node, cut);
    const key = exchangeKey(node);
    const stage = stageByExchange.get(key) ?? addStage(stages, cut(node.child), node.partitioning);
    stageByExchange.set(key, stage);
    return readOf(node, stage);
  };
  addStage(stages, cut(plan), { kind: "result" });
  return Object.freeze({ stages: Object.freeze(stages), output: plan.output });
}

/** How many tasks a stage's plan has. `stages` are those it may read. */
export function taskCount(plan: PhysicalPlan, stages: readonly Stage[]): number {
  switch (plan.kind) {
    case "scan":
      return plan.splits.length;
    case "localTable":
      return 1;
    case "range":
      return plan.partitions;
    case "shuffleRead": {
      const producer = stages[plan.stage]?.output;
      return producer && producer.kind !== "result" ? partitionsAfter(producer) : 1;
    }
    case "broadcastRead":
    case "exchange":
      return 1;
    case "union":
      return plan.children.reduce((sum, child) => sum + taskCount(child, stages), 0);
    case "hashJoin":
      return taskCount(
        plan.distribution === "broadcast" && plan.buildSide === "left" ? plan.right : plan.left,
        stages,
      );
    case "nestedLoopJoin":
      return taskCount(plan.left, stages);
    case "project":
    case "filter":
    case "hashAggregate":
    case "sort":
    case "topN":
    case "limit":
    case "expand":
      return taskCount(plan.child, stages);
    default:
      return unreachable(plan);
  }
}

/** Ids of the stages that a stage's plan reads, in ascending order. */
export function stageInputs(plan: PhysicalPlan): readonly number[] {
  const ids = physicalPreOrder(plan).flatMap((node) =>
    node.kind === "shuffleRead" || node.kind === "broadcastRead" ? [node.stage] : [],
  );
  return [...new Set(ids)].sort((a, b) => a - b);
}

function addStage(stages: Stage[], plan: PhysicalPlan, output: Stage["output"]): number {
  const id = stages.length;
  stages.push(
    Object.freeze({
      id,
      plan,
      inputs: stageInputs(plan),
      partitions: taskCount(plan, stages),
      output,
      estimatedRows: plan.estimatedRows,
      estimatedBytes: plan.estimatedBytes,
    }),
  );
  return id;
}

function readOf(node: ExchangeExec, stage: number): PhysicalPlan {
  const { output, estimatedRows, estimatedBytes } = node;
  const kind = node.partitioning.kind === "broadcast" ? "broadcastRead" : "shuffleRead";
  return Object.freeze({ kind, stage, output, estimatedRows, estimatedBytes });
}
