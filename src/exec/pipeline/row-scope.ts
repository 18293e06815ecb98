import type { Evaluated } from "../../builtins/builtin.ts";
import { assert } from "../../common/assert.ts";
import type { Expression } from "../../plan/expression.ts";
import { expressionKey } from "../../plan/expression-key.ts";
import { expressionChildren, mapChildren } from "../../plan/expression-tree.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { ExpressionCompiler, type ExpressionScope } from "../code/expression-compiler.ts";
import type { FunctionEmitter } from "../code/function-emitter.ts";
import { poisoned } from "../code/poison.ts";
import { boundsOf, type KnownBounds, type ValueBounds } from "../code/value-bounds.ts";
import type { TaskSettings } from "../task-spec.ts";

/** Writes the code that brings an attribute's value into locals. */
export type AttributeLoader = () => Evaluated;

/** A dictionary column's code in the row in flight. */
export interface RowCode {
  /** The code; for null the number of dictionary entries. */
  readonly index: Local;
  /** How many values `index` can have in this batch. */
  readonly entries: Local;
  /** `entries` never exceeds two to the power of this, plus one. */
  readonly bits: number;
}

/** What a source of dictionary columns offers beside their values. */
export interface DictionarySource {
  canLift(expression: Expression): boolean;
  /** Writes the look-up of an expression computed once for each entry; null where that cannot be. */
  lift(expression: Expression): Evaluated | null;
  /** Null where the attribute has no dictionary. */
  code(attributeId: number): RowCode | null;
  /** Bounds that statistics claim for the column's values. */
  bounds(attributeId: number): ValueBounds | null;
  /** The code needs the column's bounds to hold: they are checked for each batch. */
  relyOnBounds(attributeId: number): void;
  /** Called before the rows of each batch. */
  onBatch(prepare: () => void): void;
}

const NO_DICTIONARIES: DictionarySource = {
  canLift: () => false,
  lift: () => null,
  code: () => null,
  bounds: () => null,
  relyOnBounds: () => {},
  onBatch: () => {},
};

/** Bounds found so far, by expanded expression; shared by all scopes of a loop. */
interface BoundsFacts {
  readonly bounds: KnownBounds;
  readonly reliedOn: WeakSet<Expression>;
}

/**
 * The attributes of the row in flight. Each is loaded or computed once, as late as the first operator that uses it,
 * and then stays in locals for all operators after.
 */
export class RowScope implements ExpressionScope {
  private readonly emitter: FunctionEmitter;
  private readonly settings: TaskSettings;
  readonly dictionaries: DictionarySource;
  private loaders: Map<number, AttributeLoader>;
  private definitions: Map<number, Expression>;
  /** Forks share what was bound before them until one of the two binds more. */
  private sharesBindings: boolean;
  private readonly values: Map<number, Evaluated>;
  private readonly readyByKey: Map<string, Evaluated>;
  /** Expressions over attributes bound before, for those asked about since the last definition. */
  private expanded: WeakMap<Expression, Expression>;
  private readonly facts: BoundsFacts;

  constructor(
    emitter: FunctionEmitter,
    settings: TaskSettings,
    from?: RowScope,
    dictionaries = NO_DICTIONARIES,
  ) {
    this.emitter = emitter;
    this.settings = settings;
    this.dictionaries = from?.dictionaries ?? dictionaries;
    this.loaders = from?.loaders ?? new Map();
    this.definitions = from?.definitions ?? new Map();
    this.sharesBindings = from !== undefined;
    if (from) from.sharesBindings = true;
    this.values = new Map(from?.values);
    this.readyByKey = new Map(from?.readyByKey);
    this.expanded = from?.expanded ?? new WeakMap();
    this.facts = from?.facts ?? { bounds: new WeakMap(), reliedOn: new WeakSet() };
  }

  /** For code in one of several branches: what it loads is not there in the others. */
  fork(): RowScope {
    return new RowScope(this.emitter, this.settings, this);
  }

  bindLoader(id: number, load: AttributeLoader): void {
    this.ownBindings();
    this.loaders.set(id, load);
  }

  bindValue(id: number, value: Evaluated): void {
    this.values.set(id, poisoned(this.emitter, value));
  }

  /** The attribute is that expression over attributes bound before. */
  bindExpression(id: number, expression: Expression): void {
    const expanded = this.expand(expression);
    this.ownBindings();
    this.definitions.set(id, expanded);
    this.expanded = new WeakMap();
  }

  /** Evaluates here, outside of all conditions. */
  evaluate(expression: Expression): Evaluated {
    this.require(expression);
    return this.compiler().compile(expression);
  }

  /** Pushes 1 where the condition is true, 0 where it is false or null. */
  pushCondition(condition: Expression): void {
    this.require(condition);
    this.compiler().pushCondition(condition);
  }

  /** Evaluates the expression once, for all later ones that contain it. */
  share(expression: Expression): void {
    const value = this.evaluate(expression);
    this.readyByKey.set(this.keyOf(expression), value);
  }

  /** The code of a column that is a source's own; null for all others. */
  code(id: number): RowCode | null {
    const definition = this.definitions.get(id);
    if (definition) return definition.kind === "attribute" ? this.code(definition.id) : null;
    return this.dictionaries.code(id);
  }

  attribute(id: number): Evaluated {
    const known = this.values.get(id);
    if (known) return known;
    const definition = this.definitions.get(id);
    const load = this.loaders.get(id);
    assert(definition !== undefined || load !== undefined, `No attribute #${id} in this row`);
    const loaded = definition ? this.evaluate(definition) : load?.();
    assert(loaded !== undefined, `Attribute #${id} has no value`);
    const value = definition ? loaded : poisoned(this.emitter, loaded);
    this.values.set(id, value);
    return value;
  }

  ready(expression: Expression): Evaluated | null {
    if (expression.kind === "literal" || expression.kind === "attribute") return null;
    return this.readyByKey.size === 0
      ? null
      : (this.readyByKey.get(this.keyOf(expression)) ?? null);
  }

  /** True if `lookUp` would find it. */
  canLookUp(expression: Expression): boolean {
    return this.ready(expression) !== null || this.dictionaries.canLift(this.expand(expression));
  }

  /** True if the expression is ready, or has now been looked up in a table of its values. */
  lookUp(expression: Expression): boolean {
    if (this.ready(expression)) return true;
    const lifted = this.dictionaries.lift(this.expand(expression));
    if (lifted) this.readyByKey.set(this.keyOf(expression), poisoned(this.emitter, lifted));
    return lifted !== null;
  }

  /** Brings all that the expression needs into locals, so that its own code may stand under conditions. */
  require(expression: Expression): void {
    if (expression.kind === "literal") return;
    if (expression.kind === "attribute") {
      this.attribute(expression.id);
      return;
    }
    if (this.lookUp(expression)) return;
    for (const child of expressionChildren(expression)) this.require(child);
  }

  bounds(expression: Expression): ValueBounds | null {
    return boundsOf(
      this.expand(expression),
      (id) => this.dictionaries.bounds(id),
      this.facts.bounds,
    );
  }

  relyOnBounds(expression: Expression): void {
    const rely = (node: Expression): void => {
      if (this.facts.reliedOn.has(node)) return;
      this.facts.reliedOn.add(node);
      if (node.kind === "attribute") this.dictionaries.relyOnBounds(node.id);
      else for (const child of expressionChildren(node)) rely(child);
    };
    rely(this.expand(expression));
  }

  private ownBindings(): void {
    if (!this.sharesBindings) return;
    this.loaders = new Map(this.loaders);
    this.definitions = new Map(this.definitions);
    this.sharesBindings = false;
  }

  private expand(expression: Expression): Expression {
    if (expression.kind === "literal" || this.definitions.size === 0) return expression;
    if (expression.kind === "attribute") return this.definitions.get(expression.id) ?? expression;
    const known = this.expanded.get(expression);
    if (known) return known;
    const made = mapChildren(expression, (child) => this.expand(child));
    this.expanded.set(expression, made);
    return made;
  }

  private keyOf(expression: Expression): string {
    return expressionKey(this.expand(expression));
  }

  private compiler(): ExpressionCompiler {
    return new ExpressionCompiler(this.emitter, this, this.settings);
  }
}
