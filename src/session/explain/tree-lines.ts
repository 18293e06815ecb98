/** A tree, one node a line, children indented under it as Spark indents them. */
export function treeLines<T>(
  node: T,
  line: (node: T) => string,
  childrenOf: (node: T) => readonly T[],
): readonly string[] {
  const children = childrenOf(node);
  const below = children.flatMap((child, i) => {
    const isLast = i === children.length - 1;
    return treeLines(child, line, childrenOf).map((text, at) =>
      at === 0 ? (isLast ? "+- " : ":- ") + text : (isLast ? "   " : ":  ") + text,
    );
  });
  return [line(node), ...below];
}
