import type { FillValue, FillValues, Replaceable } from "./column-types.ts";
import type { DataFrame } from "./data-frame.ts";

/** Work on missing values: `df.na`. */
export class DataFrameNaFunctions {
  private readonly frame: DataFrame;

  constructor(frame: DataFrame) {
    this.frame = frame;
  }

  /** As `fillna`. */
  fill(value: FillValue | FillValues, columns?: readonly string[]): DataFrame {
    return this.frame.fillna(value, columns);
  }

  /** As `dropna`. */
  drop(how?: "any" | "all" | number, columns?: readonly string[]): DataFrame {
    return this.frame.dropna(how, columns);
  }

  /** As `DataFrame.replace`. */
  replace(
    from: FillValue | readonly FillValue[] | ReadonlyMap<FillValue, Replaceable> | FillValues,
    to?: Replaceable | readonly Replaceable[],
    columns?: readonly string[],
  ): DataFrame {
    return this.frame.replace(from, to, columns);
  }
}
