import { array, type DataType, type Field, field, map, struct } from "../../columnar/data-type.ts";
import type { SchemaElement } from "./file-metadata.ts";
import { footerError, illegalType, unsupportedTime } from "./parquet-errors.ts";
import { isLocalTime, parquetTypeName, sparkType } from "./parquet-type.ts";

/** A top-level column with the leaves that its chunks are of, in the file's order. */
export interface FileColumn {
  readonly field: Field;
  readonly leaves: readonly Leaf[];
}

/** A column that is stored, and the levels of its nesting. */
export interface Leaf {
  readonly element: SchemaElement;
  readonly path: readonly string[];
  readonly maxDefinitionLevel: number;
  readonly maxRepetitionLevel: number;
}

interface Node {
  readonly element: SchemaElement;
  readonly children: readonly Node[];
}

const MAX_DEPTH = 64;

/**
 * Parquet's flattened schema as Spark's columns.
 * Lists in all their historical forms: https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#lists
 */
export function fileSchema(path: string, elements: readonly SchemaElement[]): FileColumn[] {
  const root = schemaTree(path, elements);
  return root.children.map((node) => ({
    field: new Converter(path, node.element.name).member(node),
    leaves: leavesOf(node, [], 0, 0),
  }));
}

function schemaTree(path: string, elements: readonly SchemaElement[]): Node {
  let next = 0;
  const read = (depth: number): Node => {
    const element = elements[next++];
    if (element === undefined)
      throw footerError(path, "its schema has fewer elements than it says");
    if (depth > MAX_DEPTH) throw footerError(path, "its schema is nested too deep");
    const children: Node[] = [];
    if (element.physical === null)
      for (let i = 0; i < element.children; i++) children.push(read(depth + 1));
    return { element, children };
  };
  return read(0);
}

function leavesOf(
  { element, children }: Node,
  above: readonly string[],
  definition: number,
  repetition: number,
): Leaf[] {
  const path = [...above, element.name];
  const maxDefinitionLevel = definition + (element.repetition === "REQUIRED" ? 0 : 1);
  const maxRepetitionLevel = repetition + (element.repetition === "REPEATED" ? 1 : 0);
  if (element.physical !== null) return [{ element, path, maxDefinitionLevel, maxRepetitionLevel }];
  return children.flatMap((child) => leavesOf(child, path, maxDefinitionLevel, maxRepetitionLevel));
}

class Converter {
  private readonly path: string;
  private readonly column: string;

  constructor(path: string, column: string) {
    this.path = path;
    this.column = column;
  }

  /** A field of a struct or of the file. A repeated one is a list of its own. */
  member(node: Node): Field {
    const { name, repetition } = node.element;
    const type = this.type(node);
    if (repetition === "REPEATED") return field(name, array(type, false), false);
    return field(name, type, repetition === "OPTIONAL");
  }

  private type(node: Node): DataType {
    const { element } = node;
    if (element.physical !== null) return sparkType(element) ?? this.illegal(node);
    if (element.annotation?.kind === "LIST") return this.list(node);
    if (element.annotation?.kind === "MAP") return this.map(node);
    if (node.children.length === 0) return this.illegal(node);
    return struct(node.children.map((child) => this.member(child)));
  }

  private list(node: Node): DataType {
    const [repeated] = node.children;
    if (repeated?.element.repetition !== "REPEATED" || node.children.length > 1)
      return this.illegal(node);
    if (isElement(repeated, node.element.name)) return array(this.type(repeated), false);
    const [element] = repeated.children;
    if (element === undefined) return this.illegal(node);
    return array(this.type(element), element.element.repetition === "OPTIONAL");
  }

  private map(node: Node): DataType {
    const [entries] = node.children;
    const [key, value] = entries?.children ?? [];
    if (entries?.element.repetition !== "REPEATED" || node.children.length > 1)
      return this.illegal(node);
    if (key === undefined || value === undefined || entries.children.length > 2)
      return this.illegal(node);
    return map(this.type(key), this.type(value), value.element.repetition === "OPTIONAL");
  }

  private illegal(node: Node): never {
    if (isLocalTime(node.element)) throw unsupportedTime(this.path, this.column);
    throw illegalType(this.path, this.column, parquetTypeName(node.element));
  }
}

/** True if the repeated child of a list is its element already, and not a wrapper of one. */
function isElement({ element, children }: Node, listName: string): boolean {
  if (element.physical !== null || children.length !== 1) return true;
  if (children[0]?.element.repetition === "REPEATED") return true;
  return element.name === "array" || element.name === `${listName}_tuple`;
}
