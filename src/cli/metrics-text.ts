import type { QueryMetrics, StageMetrics } from "../query/query-metrics.ts";

/** What a query took, for people. */
export function metricsText(metrics: QueryMetrics): string {
  const { rows, elapsedMs, bytesRead, bytesInFiles, footerBytes, stages } = metrics;
  const head = `${rows} rows in ${Math.round(elapsedMs)} ms; read ${sizeText(bytesRead)} of ${sizeText(bytesInFiles)}, and ${sizeText(footerBytes)} of footers\n`;
  return head + stages.map(stageText).join("");
}

/** `1.5 MiB`. */
export function sizeText(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let size = bytes;
  let unit = 0;
  for (; size >= 1024 && unit < units.length - 1; unit++) size /= 1024;
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}

function stageText(stage: StageMetrics): string {
  const facts = [
    `${stage.tasks} tasks`,
    `${stage.rowsRead} rows in`,
    `${stage.rowsWritten} rows out`,
    `read ${sizeText(stage.bytesRead)} in ${stage.gets} GETs`,
    `wrote ${sizeText(stage.bytesWritten)} in ${stage.puts} PUTs`,
    `${Math.round(stage.cpuMs)} ms of CPU`,
    `peak ${sizeText(stage.peakMemoryBytes)}`,
    ...(stage.fallbackChunks > 0 ? [`${stage.fallbackChunks} chunks by the fallback decoder`] : []),
  ];
  const operators = stage.operators.flatMap(({ operator, rows, filters }) => [
    rowsLine(rows, operator),
    ...(filters.length < 2
      ? []
      : filters
          .map((filter) => rowsLine(filter.rows, `  passed ${filter.condition}`))
          .toReversed()),
  ]);
  return `  stage ${stage.stage}: ${facts.join(", ")}\n${operators.join("")}`;
}

function rowsLine(rows: number, step: string): string {
  return `    ${String(rows).padStart(12)} rows  ${step}\n`;
}
