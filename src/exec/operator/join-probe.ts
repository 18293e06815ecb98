import type { Evaluated } from "../../builtins/builtin.ts";
import type { DataType } from "../../columnar/data-type.ts";
import { present } from "../../common/assert.ts";
import type { Attribute, Expression } from "../../plan/expression.ts";
import { attributesIn } from "../../plan/expression-tree.ts";
import { typeOf } from "../../plan/expression-type.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { JOIN_OFFSETS, type KeyBitmap } from "../breaker/join-table.ts";
import { normalizeKey, pushKeyEquals, pushKeyHash } from "../breaker/key-code.ts";
import { bindTuple, loadField } from "../breaker/tuple-layout.ts";
import type { RowContext, Step } from "../pipeline/row-context.ts";
import type { JoinBuild } from "./join-build.ts";
import type { JoinSides } from "./join-sides.ts";

interface Key {
  readonly type: DataType;
  readonly evaluated: Evaluated;
}

/** Looks up each row's keys in a join's table. */
export class JoinProbe implements Step {
  private readonly sides: JoinSides;
  private readonly build: JoinBuild;
  private readonly buildColumns: readonly Attribute[];
  private readonly residual: Expression | null;

  constructor(sides: JoinSides, build: JoinBuild, residual: Expression | null) {
    this.sides = sides;
    this.build = build;
    this.buildColumns = sides.build.output;
    this.residual = residual;
  }

  emit(row: RowContext, next: (row: RowContext) => void): void {
    const { code } = row.emitter;
    const tuple = code.local("i32");
    const keys = this.sides.probeKeys.map((key) => ({
      type: typeOf(key),
      evaluated: normalizeKey(row.emitter, typeOf(key), row.scope.evaluate(key)),
    }));
    this.requireProbeColumns(row);
    const hash = this.emitHead(row, keys, tuple);
    const search = (): void => this.emitSearch(row, keys, hash, tuple);
    switch (this.sides.probeGives) {
      case "matches":
      case "matchesOrNulls":
        this.emitMatches(row, tuple, search, next);
        return;
      case "ifMatched":
        search();
        code.get(tuple).if(() => next(row));
        return;
      case "ifUnmatched":
        search();
        code
          .get(tuple)
          .op("i32.eqz")
          .if(() => next(row));
        return;
      case "nothing":
        this.emitMarkAll(row, tuple, search);
    }
  }

  /** Each match, or one row of nulls, goes on. */
  private emitMatches(
    row: RowContext,
    tuple: Local,
    search: () => void,
    next: (row: RowContext) => void,
  ): void {
    const { code } = row.emitter;
    const outer = this.sides.probeGives === "matchesOrNulls";
    const several = !this.build.table.unique;
    const matched = code.local("i32");
    if (outer && several) code.i32(0).set(matched);
    const give = (): void => {
      this.emitMark(row, tuple);
      const scope = row.scope.fork();
      this.bindBuild({ ...row, scope }, tuple, outer);
      next({ ...row, scope });
    };
    code.block((done) => {
      code.loop((again) => {
        search();
        if (!outer) code.get(tuple).op("i32.eqz").branchIf(done);
        else if (several) code.get(tuple).op("i32.eqz").get(matched).op("i32.and").branchIf(done);
        give();
        if (!several) return;
        code.get(tuple).op("i32.eqz").branchIf(done);
        if (outer) code.i32(1).set(matched);
        code.get(tuple).memory("i32.load", JOIN_OFFSETS.next).set(tuple).branch(again);
      });
    });
  }

  private emitMarkAll({ emitter: { code } }: RowContext, tuple: Local, search: () => void): void {
    code.block((done) => {
      code.loop((again) => {
        search();
        code.get(tuple).op("i32.eqz").branchIf(done);
        code.get(tuple).i32(1).memory("i32.store8", JOIN_OFFSETS.matched);
        code.get(tuple).memory("i32.load", JOIN_OFFSETS.next).set(tuple).branch(again);
      });
    });
  }

  private emitMark({ emitter: { code } }: RowContext, tuple: Local): void {
    if (this.sides.buildGives === "nothing") return;
    const mark = (): void => {
      code.get(tuple).i32(1).memory("i32.store8", JOIN_OFFSETS.matched);
    };
    if (this.sides.probeGives === "matchesOrNulls") code.get(tuple).if(mark);
    else mark();
  }

  /** Sets `tuple` to the first of the keys' chain, 0 where there is none. Gives the keys' hash, where one is used. */
  private emitHead(row: RowContext, keys: readonly Key[], tuple: Local): Local | null {
    const { code } = row.emitter;
    const { table } = this.build;
    const nulls = keys.flatMap((key) => (key.evaluated.isNull ? [key.evaluated.isNull] : []));
    const hash = table.lookup.kind === "hash" ? code.local("i32") : null;
    const find = (): void => {
      const { lookup } = table;
      if (!hash || lookup.kind !== "hash") {
        this.emitDirectHead(row, present(keys[0], "key"), tuple);
        return;
      }
      const byHash = (): void => {
        pushKeyHash(row.emitter, keys);
        code.tee(hash).i32(lookup.mask).op("i32.and").i32(2).op("i32.shl");
        code.memory("i32.load", table.buckets).set(tuple);
      };
      if (!lookup.keys) {
        byHash();
        return;
      }
      pushIsThere(row, present(keys[0], "key"), lookup.keys);
      code.if(byHash, () => code.i32(0).set(tuple));
    };
    if (nulls.length === 0) {
      find();
      return hash;
    }
    code.i32(0);
    for (const n of nulls) code.get(n).op("i32.or");
    code.if(() => code.i32(0).set(tuple), find);
    return hash;
  }

  private emitDirectHead(row: RowContext, key: Key, tuple: Local): void {
    const { code } = row.emitter;
    const { lookup, buckets } = this.build.table;
    if (lookup.kind !== "direct") return;
    const place = code.local("i64");
    code.get(key.evaluated.value);
    if (key.evaluated.value.type === "i32") code.op("i64.extend_i32_s");
    code.i64(lookup.least).op("i64.sub").tee(place);
    code.i64(lookup.greatest - lookup.least).op("i64.gt_u");
    code.if(
      () => code.i32(0).set(tuple),
      () =>
        code
          .get(place)
          .op("i32.wrap_i64")
          .i32(2)
          .op("i32.shl")
          .memory("i32.load", buckets)
          .set(tuple),
    );
  }

  /** Moves `tuple` along its chain to the next match, or to 0. */
  private emitSearch(
    row: RowContext,
    keys: readonly Key[],
    hash: Local | null,
    tuple: Local,
  ): void {
    const { code } = row.emitter;
    if (hash === null && this.residual === null) return;
    code.block((found) => {
      code.loop((again) => {
        code.get(tuple).op("i32.eqz").branchIf(found);
        code.block((different) => {
          if (hash) this.emitKeysDiffer(row, keys, hash, tuple, () => code.branchIf(different));
          if (this.residual) {
            const scope = row.scope.fork();
            this.bindBuild({ ...row, scope }, tuple, false);
            scope.pushCondition(this.residual);
            code.op("i32.eqz").branchIf(different);
          }
          code.branch(found);
        });
        code.get(tuple).memory("i32.load", JOIN_OFFSETS.next).set(tuple).branch(again);
      });
    });
  }

  private emitKeysDiffer(
    row: RowContext,
    keys: readonly Key[],
    hash: Local,
    tuple: Local,
    leave: () => void,
  ): void {
    const { code } = row.emitter;
    code.get(tuple).memory("i32.load", JOIN_OFFSETS.hash).get(hash).op("i32.ne");
    leave();
    this.build.keyFields.forEach((field, i) => {
      const key = present(keys[i], "key");
      const stored = loadField(row.emitter, tuple, field);
      pushKeyEquals(row.emitter, key.type, key.evaluated, stored);
      code.op("i32.eqz");
      leave();
    });
  }

  /** What the residual needs of the probe side is brought into locals before the search. */
  private requireProbeColumns({ scope }: RowContext): void {
    if (!this.residual) return;
    const build = new Set(this.buildColumns.map((column) => column.id));
    for (const attribute of attributesIn(this.residual))
      if (!build.has(attribute.id)) scope.attribute(attribute.id);
  }

  private bindBuild({ emitter, scope }: RowContext, tuple: Local, mayBeNull: boolean): void {
    const fields = this.buildColumns.map((column) => this.build.table.layout.field(column.id));
    bindTuple(emitter, scope, tuple, fields, mayBeNull);
  }
}

/** Pushes 1 where the bitmap has the key. */
function pushIsThere(
  { emitter: { code } }: RowContext,
  key: Key,
  { address, least, greatest }: KeyBitmap,
): void {
  const place = code.local("i64");
  const near = code.local("i32");
  code.get(key.evaluated.value);
  if (key.evaluated.value.type === "i32") code.op("i64.extend_i32_s");
  code
    .i64(least)
    .op("i64.sub")
    .tee(place)
    .i64(greatest - least)
    .op("i64.le_u");
  code.if(
    () => {
      code.get(place).op("i32.wrap_i64").tee(near).i32(3).op("i32.shr_u");
      code.memory("i32.load8_u", address).get(near).i32(7).op("i32.and").op("i32.shr_u");
      code.i32(1).op("i32.and");
    },
    () => code.i32(0),
    "i32",
  );
}
