import type { Attribute } from "../plan/expression.ts";

/** Sets of columns that are equal on every row. */
export class EqualityClasses {
  readonly #classes = new Map<number, Map<number, Attribute>>();

  /** Says that two columns are equal. */
  join(a: Attribute, b: Attribute): void {
    const merged = new Map([...this.#classOf(a), ...this.#classOf(b)]);
    for (const id of merged.keys()) this.#classes.set(id, merged);
  }

  /** The other columns that equal this one. */
  equalTo(attribute: Attribute): readonly Attribute[] {
    return [...this.#classOf(attribute).values()].filter((other) => other.id !== attribute.id);
  }

  /** The sets of columns, in the order in which they were first named. */
  all(): readonly (readonly Attribute[])[] {
    return [...new Set(this.#classes.values())].map((columns) => [...columns.values()]);
  }

  #classOf(attribute: Attribute): Map<number, Attribute> {
    return this.#classes.get(attribute.id) ?? new Map([[attribute.id, attribute]]);
  }
}
