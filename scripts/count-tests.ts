import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Prints `N passed, N failed` of all suites together, from vitest's reports and exit statuses in a folder. */
const [folder = ".", ...suites] = process.argv.slice(2);
const counts = suites.map(countOf);
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
process.stdout.write(`${passed} passed, ${failed} failed\n`);

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}

function countOf(suite: string): { passed: number; failed: number } {
  const ended = readFileSync(join(folder, `${suite}.status`), "utf8").trim();
  const file = join(folder, `${suite}.json`);
  const report: Report = existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : { numPassedTests: 0, numFailedTests: 0 };
  const missed = ended !== "0" && report.numFailedTests === 0 ? 1 : 0;
  return { passed: report.numPassedTests, failed: report.numFailedTests + missed };
}
