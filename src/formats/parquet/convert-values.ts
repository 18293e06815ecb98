import type { Arena } from "../../columnar/linear-memory.ts";
import type { DecoderKernels } from "../../wasm/decoder-kernels.ts";
import type { Conversion, ConversionStep } from "./conversion.ts";

interface Values {
  readonly start: number;
  readonly count: number;
  readonly target: number;
  readonly fail: (reason: string) => never;
}

/** Runs a conversion's steps from `start` to `target`, in `scratch` between them. */
export function convertValues(
  kernels: DecoderKernels,
  scratch: Arena,
  { sourceBytes, steps }: Conversion,
  { start, count, target, fail }: Values,
): void {
  if (steps.length === 0) {
    scratch.owner.u8().copyWithin(target, start, start + count * sourceBytes);
    return;
  }
  let from = start;
  steps.forEach((step, i) => {
    const to = i === steps.length - 1 ? target : scratch.allocate(count * step.bytes);
    if (runStep(kernels, step, from, count, to) === 0)
      fail("a value is too large for the column's type");
    from = to;
  });
}

function runStep(
  kernels: DecoderKernels,
  step: ConversionStep,
  from: number,
  count: number,
  to: number,
): number | undefined {
  switch (step.kernel) {
    case "scaleI64":
    case "scaleV128":
      return kernels[step.kernel](from, count, to, step.factor);
    case "fixedToI64":
    case "fixedToV128":
    case "fixedToRefs":
      return kernels[step.kernel](from, count, to, step.width);
    default:
      return kernels[step.kernel](from, count, to);
  }
}
