/**
 * The function, computed once for each node. Expressions and plans never change, so a fact about a tree is found from
 * those of its children, and a rule that asks every node for it takes time linear in the tree.
 */
export function memoized<Node extends object, Fact>(
  compute: (node: Node) => Fact,
): (node: Node) => Fact {
  const known = new WeakMap<Node, { readonly fact: Fact }>();
  return (node) => {
    const found = known.get(node);
    if (found) return found.fact;
    const fact = compute(node);
    known.set(node, { fact });
    return fact;
  };
}
