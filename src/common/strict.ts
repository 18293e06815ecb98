/**
 * True if the engine checks itself while it works, which costs time: compiled code poisons the values of nulls and
 * fails where it computes with one, and an optimizer rule that breaks a plan fails the query. On in tests, by the
 * environment variable `TINDRA_STRICT=true`.
 */
export const STRICT: boolean = process.env["TINDRA_STRICT"] === "true";
