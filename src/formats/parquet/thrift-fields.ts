import type { ThriftStruct, ThriftValue } from "./thrift-reader.ts";

const text = new TextDecoder();

/** Typed access to a struct's fields; a field of another type counts as absent. */
export class ThriftFields {
  private readonly fields: ThriftStruct;
  readonly fail: (reason: string) => never;

  constructor(fields: ThriftStruct, fail: (reason: string) => never) {
    this.fields = fields;
    this.fail = fail;
  }

  has(id: number): boolean {
    return this.fields.has(id);
  }

  number(id: number): number | null {
    const value = this.fields.get(id);
    return typeof value === "number" ? value : null;
  }

  flag(id: number): boolean {
    return this.fields.get(id) === true;
  }

  /** A required number that is not negative. */
  count(id: number, what: string): number {
    const value = this.fields.get(id);
    if (typeof value === "number" && value >= 0) return value;
    return this.fail(`its ${what} is ${typeof value === "number" ? value : "missing"}`);
  }

  bytes(id: number): Uint8Array | null {
    const value = this.fields.get(id);
    return value instanceof Uint8Array ? value : null;
  }

  text(id: number): string | null {
    const value = this.bytes(id);
    return value === null ? null : text.decode(value);
  }

  struct(id: number): ThriftFields | null {
    const value = this.fields.get(id);
    return isStruct(value) ? new ThriftFields(value, this.fail) : null;
  }

  numbers(id: number): number[] {
    return this.list(id).filter((value) => typeof value === "number");
  }

  texts(id: number): string[] {
    return this.list(id).map((value) => (value instanceof Uint8Array ? text.decode(value) : ""));
  }

  structs(id: number, what: string): ThriftFields[] {
    const values = this.fields.get(id);
    if (!Array.isArray(values)) return this.fail(`its ${what} are missing`);
    return this.list(id).map((value) =>
      isStruct(value)
        ? new ThriftFields(value, this.fail)
        : this.fail(`its ${what} are no structs`),
    );
  }

  private list(id: number): readonly ThriftValue[] {
    const value = this.fields.get(id);
    return Array.isArray(value) ? value : [];
  }
}

function isStruct(value: ThriftValue | undefined): value is ThriftStruct {
  return value instanceof Map;
}
