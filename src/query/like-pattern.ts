/** The names that SHOW TABLES LIKE takes: `*` is any text, `|` separates alternatives, case does not count. */
export function likePattern(pattern: string): (name: string) => boolean {
  const alternatives = pattern.split("|").map((part) => {
    const escaped = part.trim().replace(/[.+?^${}()[\]\\]/g, "\\$&");
    return new RegExp(`^${escaped.replaceAll("*", ".*")}$`, "i");
  });
  return (name) => alternatives.some((alternative) => alternative.test(name));
}
