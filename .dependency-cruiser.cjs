// One line a room, lowest first: a room may import itself and the rooms named here, nothing else.
const ROOMS = {
  common: [],
  wasm: ["common"],
  columnar: ["common"],
  storage: ["common"],
  formats: ["wasm", "columnar", "storage", "common"],
  builtins: ["wasm", "columnar", "common"],
  plan: ["builtins", "columnar", "common"],
  sql: ["plan", "columnar", "common"],
  analyzer: ["plan", "builtins", "columnar", "common"],
  optimizer: ["plan", "builtins", "columnar", "common"],
  physical: ["plan", "builtins", "columnar", "common"],
  shuffle: ["formats", "wasm", "storage", "columnar"],
  exec: ["physical", "plan", "shuffle", "formats", "storage", "builtins", "wasm", "columnar", "common"],
  cluster: ["exec", "physical", "shuffle", "storage", "common"],
  query: ["cluster", "shuffle", "exec", "physical", "optimizer", "analyzer", "sql", "plan", "formats", "storage", "columnar", "common"],
  answer: ["query", "builtins", "formats", "columnar", "common"],
  session: ["answer", "query", "cluster", "analyzer", "sql", "plan", "columnar", "common"],
  aws: ["session", "query", "cluster", "exec", "storage", "columnar", "common"],
  cli: ["session", "answer", "query", "aws", "columnar", "common"],
};
const names = Object.keys(ROOMS);
for (const [room, below] of Object.entries(ROOMS))
  for (const b of below) if (names.indexOf(b) >= names.indexOf(room)) throw new Error(`${room} -> ${b} points up`);
module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    ...Object.entries(ROOMS).map(([room, below]) => ({
      name: `arrows-of-${room}`,
      severity: "error",
      from: { path: `^src/${room}/` },
      to: { path: "^src/", pathNot: `^src/(${[room, ...below].join("|")})/` },
    })),
    { name: "aws-sdk-only-in-aws", severity: "error", from: { path: "^src/", pathNot: "^src/aws/" }, to: { path: "@aws-sdk/" } },
    { name: "cdk-imports-no-src", severity: "error", from: { path: "^cdk/" }, to: { path: "^src/" } },
    { name: "no-orphans", severity: "error", from: { orphan: true, path: "^src/", pathNot: "(\\.d\\.ts$|^src/wasm/kernels/)" }, to: {} },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
