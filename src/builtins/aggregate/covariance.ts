import { DOUBLE } from "../../columnar/data-type.ts";
import { divideByZero } from "../arithmetic-errors.ts";
import type { AggregateBuiltin, CallFacts, Example, HostAggregate } from "../builtin.ts";
import { DOUBLE_PARAMETER, typeArguments } from "../parameters.ts";

/** n, the means, the co-moment and the squared deviations of x and y. */
type State = readonly [number, number, number, number, number, number];

/** In the order of Spark's `Covariance` and `PearsonCorrelation`. */
function update([n, xAvg, yAvg, ck, xMk, yMk]: State, x: number, y: number): State {
  const count = n + 1;
  const dx = x - xAvg;
  const dxN = dx / count;
  const dy = y - yAvg;
  const dyN = dy / count;
  const newXAvg = xAvg + dxN;
  const newYAvg = yAvg + dyN;
  return [
    count,
    newXAvg,
    newYAvg,
    ck + dx * (y - newYAvg),
    xMk + dx * (x - newXAvg),
    yMk + dy * (y - newYAvg),
  ];
}

function merge(a: State, b: State): State {
  const n = a[0] + b[0];
  if (n === 0) return a;
  const dx = b[1] - a[1];
  const dxN = dx / n;
  const dy = b[2] - a[2];
  const dyN = dy / n;
  return [
    n,
    a[1] + dxN * b[0],
    a[2] + dyN * b[0],
    a[3] + b[3] + dx * dyN * a[0] * b[0],
    a[4] + b[4] + dx * dxN * a[0] * b[0],
    a[5] + b[5] + dy * dyN * a[0] * b[0],
  ];
}

type Finish = (state: State, call: CallFacts) => number | null;

function kernel(finish: Finish): HostAggregate {
  return {
    kind: "host",
    prepare: (call) => ({
      create: (): State => [0, 0, 0, 0, 0, 0],
      update: (state, x, y) => update(state as State, x as number, y as number),
      serialize: (state) => new Uint8Array(new Float64Array(state as State).buffer),
      merge: (state, bytes) =>
        merge(state as State, [...new Float64Array(bytes.slice().buffer)] as unknown as State),
      finish: (state) => finish(state as State, call),
    }),
  };
}

function pairAggregate(
  name: string,
  finish: Finish,
  examples: readonly Example[],
): AggregateBuiltin {
  return {
    kind: "aggregate",
    name,
    resolve: (args, context) => ({
      args: typeArguments(args, context, [DOUBLE_PARAMETER, DOUBLE_PARAMETER]),
      type: DOUBLE,
      nullable: true,
    }),
    kernel: kernel(finish),
    examples,
  };
}

export const COVAR_POP = pairAggregate("covar_pop", ([n, , , ck]) => (n === 0 ? null : ck / n), [
  {
    sql: "SELECT covar_pop(c1, c2) FROM VALUES (1,1), (2,2), (3,3) AS tab(c1, c2)",
    rows: ["0.6666666666666666"],
  },
]);

export const COVAR_SAMP = pairAggregate(
  "covar_samp",
  ([n, , , ck]) => (n < 2 ? null : ck / (n - 1)),
  [
    {
      sql: "SELECT covar_samp(c1, c2) FROM VALUES (1,1), (2,2), (3,3) AS tab(c1, c2)",
      rows: ["1.0"],
    },
  ],
);

/** Where one side does not vary there is nothing to divide by. */
function correlation([n, , , ck, xMk, yMk]: State, call: CallFacts): number | null {
  if (n < 2) return null;
  const divisor = Math.sqrt(xMk * yMk);
  if (divisor !== 0) return ck / divisor;
  if (call.ansi) throw divideByZero();
  return null;
}

export const CORR = pairAggregate("corr", correlation, [
  {
    sql: "SELECT corr(c1, c2) FROM VALUES (3, 2), (3, 3), (6, 4) as tab(c1, c2)",
    rows: ["0.8660254037844387"],
  },
]);
