import type { DataType } from "../../columnar/data-type.ts";
import { LANE_BYTES, laneOf } from "../../columnar/vector.ts";

/**
 * Which buffers an Arrow column of a type has behind its validity bitmap: none at all for `void`; a bitmap; values of
 * `1 << shift` bytes; or 32-bit offsets and bytes.
 */
export type ArrowStorage =
  | { readonly kind: "none" }
  | { readonly kind: "bits" }
  | { readonly kind: "fixed"; readonly shift: number }
  | { readonly kind: "strings" };

/** How Arrow lays out values of a type. */
export function arrowStorageOf(type: DataType): ArrowStorage {
  if (type.kind === "null") return { kind: "none" };
  if (type.kind === "boolean") return { kind: "bits" };
  const lane = laneOf(type);
  if (lane === "ref") return { kind: "strings" };
  return { kind: "fixed", shift: Math.log2(LANE_BYTES[lane]) };
}

/** How many buffers a record batch has for a column of this storage. */
export const BUFFERS: Record<ArrowStorage["kind"], number> = {
  none: 0,
  bits: 2,
  fixed: 2,
  strings: 3,
};
