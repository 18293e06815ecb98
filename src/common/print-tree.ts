/** A tree in Spark's drawing: a node a line, `+- ` before the last child, `:- ` before the others. */
export function printTree<T>(
  root: T,
  line: (node: T) => string,
  childrenOf: (node: T) => readonly T[],
): string {
  return treeLines(root, line, childrenOf).join("\n");
}

function treeLines<T>(
  node: T,
  line: (node: T) => string,
  childrenOf: (node: T) => readonly T[],
): readonly string[] {
  const children = childrenOf(node);
  const below = children.flatMap((child, i) => {
    const isLast = i === children.length - 1;
    const [first, ...rest] = treeLines(child, line, childrenOf);
    return [
      `${isLast ? "+- " : ":- "}${first}`,
      ...rest.map((text) => `${isLast ? "   " : ":  "}${text}`),
    ];
  });
  return [line(node), ...below];
}
