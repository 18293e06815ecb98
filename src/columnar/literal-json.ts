/** A constant as JSON; what each type looks like is told at `Literal` in `plan`. */
export type LiteralJson = null | boolean | number | string | readonly LiteralJson[];
