import type { Field } from "../../columnar/data-type.ts";
import type { FileFacts, RowGroupFacts } from "../../columnar/file-facts.ts";

/** A file's facts with its columns under the table's spelling of their names: Spark's names ignore case. */
export function spellColumns(file: FileFacts, fields: readonly Field[]): FileFacts {
  const spellings = new Map(fields.map(({ name }) => [name.toLowerCase(), name]));
  const spell = (name: string): string => spellings.get(name.toLowerCase()) ?? name;
  if (file.fields.every(({ name }) => spell(name) === name)) return file;
  return {
    ...file,
    fields: file.fields.map((field) => ({ ...field, name: spell(field.name) })),
    rowGroups: file.rowGroups.map((group) => spellGroup(group, spell)),
  };
}

function spellGroup(group: RowGroupFacts, spell: (name: string) => string): RowGroupFacts {
  const columns = Object.entries(group.columns).map(([name, facts]) => [spell(name), facts]);
  return { ...group, columns: Object.fromEntries(columns) };
}
