import { type Field, sameType } from "../../columnar/data-type.ts";
import type { ColumnFacts, FileFacts, RowGroupFacts } from "../../columnar/file-facts.ts";
import { widenedBound } from "./widened-bound.ts";

/**
 * A file's facts as those of the table's columns: only these, under the table's spelling of their names (Spark's ignore
 * case), with bounds of the table's types. The types stay the file's. `fields` are the table's data columns without
 * those that folders spell.
 */
export function fileAsTable(file: FileFacts, fields: readonly Field[]): FileFacts {
  const byName = Map.groupBy(file.fields, ({ name }) => name.toLowerCase());
  const columns: ReadColumn[] = [];
  const ambiguous: string[] = [];
  for (const wanted of fields) {
    const [own, second] = byName.get(wanted.name.toLowerCase()) ?? [];
    if (second !== undefined) ambiguous.push(wanted.name);
    else if (own !== undefined) columns.push({ own, wanted });
  }
  const isAsItIs =
    ambiguous.length === 0 &&
    columns.length === file.fields.length &&
    columns.every(({ own, wanted }) => own.name === wanted.name && sameType(own.type, wanted.type));
  if (isAsItIs) return file;
  return {
    ...file,
    fields: columns.map(({ own, wanted }) => ({ ...own, name: wanted.name })),
    rowGroups: file.rowGroups.map((group) => groupAsTable(group, columns)),
    ...(ambiguous.length === 0 ? {} : { ambiguousColumns: ambiguous }),
  };
}

interface ReadColumn {
  readonly own: Field;
  readonly wanted: Field;
}

function groupAsTable(group: RowGroupFacts, columns: readonly ReadColumn[]): RowGroupFacts {
  const facts = columns.flatMap(({ own, wanted }) => {
    const known = group.columns[own.name];
    return known === undefined ? [] : [[wanted.name, factsAs(known, own, wanted)] as const];
  });
  return { ...group, columns: Object.fromEntries(facts) };
}

function factsAs(facts: ColumnFacts, own: Field, wanted: Field): ColumnFacts {
  if (sameType(own.type, wanted.type)) return facts;
  return {
    ...facts,
    min: widenedBound(facts.min, own.type, wanted.type),
    max: widenedBound(facts.max, own.type, wanted.type),
  };
}
