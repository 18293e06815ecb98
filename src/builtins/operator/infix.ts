/** How Spark prints a binary operator: `(a + b)`. */
export function infix(symbol: string): (args: readonly string[]) => string {
  return ([left = "", right = ""]) => `(${left} ${symbol} ${right})`;
}
