import { registerOf } from "../../columnar/vector.ts";
import { present } from "../../common/assert.ts";
import type { ExpandExec } from "../../physical/physical-plan.ts";
import type { Step } from "../pipeline/row-context.ts";

/** Gives each row once for every projection. */
export function expandStep({ projections, output }: ExpandExec): Step {
  return {
    emit(row, next) {
      const { code } = row.emitter;
      const results = output.map((attribute) => ({
        value: code.local(registerOf(attribute.type)),
        isNull: code.local("i32"),
      }));
      for (const projection of projections)
        for (const expression of projection) row.scope.require(expression);
      const turn = code.local("i32");
      code.i32(0).set(turn);
      code.loop((again) => {
        projections.forEach((projection, p) => {
          code
            .get(turn)
            .i32(p)
            .op("i32.eq")
            .if(() => {
              const scope = row.scope.fork();
              projection.forEach((expression, i) => {
                const { value, isNull } = scope.evaluate(expression);
                const result = present(results[i], "result");
                code.get(value).set(result.value);
                if (isNull) code.get(isNull).set(result.isNull);
                else code.i32(0).set(result.isNull);
              });
            });
        });
        const scope = row.scope.fork();
        output.forEach((attribute, i) => {
          const result = present(results[i], "result");
          scope.bindValue(
            attribute.id,
            attribute.nullable ? result : { value: result.value, isNull: null },
          );
        });
        next({ ...row, scope });
        code.get(turn).i32(1).op("i32.add").tee(turn).i32(projections.length).op("i32.lt_u");
        code.branchIf(again);
      });
    },
  };
}
