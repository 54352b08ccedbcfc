// One run over a function's operations with abstract values: flow-sensitive, branches joined, loops twice. Its result is the
// function's summary; what leaves the function in between goes to the engine.
import type { CallPlace } from '#model/catalog';
import { BinaryKind, ConstFlag, ConstKind, LoopKind, Op, PropertyKind, UnaryKind, VarField, VarFlag, VarKind } from '#model/facts';
import type { Application, Caller, Applied } from './apply.ts';
import { assignedReads, elementWrites } from './assigned-cells.ts';
import { gathered, isAccumulated } from './accumulated.ts';
import { applySummary, isSymbolic } from './apply.ts';
import { constantCondition, type Literals, NO_LITERALS, outcomes, type Refinement } from './conditions.ts';
import { constantTexts, smallInteger } from './constant-texts.ts';
import { CowMap } from './cow-map.ts';
import { callComposed } from './composition.ts';
import type { Engine } from './engine.ts';
import { externalNames, writtenChain } from './callee.ts';
import { holdersOf } from './holders.ts';
import { character, isPiece } from './masks.ts';
import { callLibrary, endpointOf, switchedOffInLiteral } from './library.ts';
import type { Cls, Fn, Unit } from './program.ts';
import { callArguments, list, opcode, operand, text, varField, varName } from './program.ts';
import { functionsOfModule } from './module-members.ts';
import { isNamedCell, orParameter } from './named-cells.ts';
import { rootOf } from './operands.ts';
import type { CallbackEffect, Place, SinkEffect, Summary, WriteEffect } from './summary.ts';
import { cellOfField, cellOfVariable, fieldOfReceiver, isCellOfVariable, isOfReceiver, NOTHING, readFieldOfReceiver, THIS } from './summary.ts';
import { answeredAs } from './answers.ts';
import { componentOf, inputField } from './components.ts';
import { destinationSinks } from './navigation.ts';
import { isPieceOfText } from './pieces.ts';
import type { Callable, Origin, Taint, Value } from './value.ts';
import { asState, stateBelow, stateBelowThis } from './request-state.ts';
import { callSetters } from './setters.ts';
import { streamField } from './stream-fields.ts';
import { bounded, callable, convert, ELEMENT, EMPTY, exceptKeys, flatten, Form, holdsData, isEmpty, join, load, loadElements, loadEntry, mapTaints, MASK, Members, MODULE_BOUNDS, mergeTaints, ofCallable, ofCallables, ofOrigin, ofTaints, ofText, pathLength, REJECTION, spread, step, store, storePath, storeWeak, taintKey, typedAs, typedAsText, withName, without, withTaints, withTrace } from './value.ts';
import { alternatives, awaited, type ExternalName, type StaticType } from './static-type.ts';

type State = CowMap<Value>;
/** What variables hold, to be looked up. */
type Held = Pick<ReadonlyMap<number, Value>, 'get'>;

/** A place that can be written: a variable or `this`, and members below it. */
export interface Place0 {
  readonly base: number;
  readonly path: readonly string[];
}

const MAX_EFFECTS = 256;
const MAX_WRITES = 64;
const MAX_CALLBACKS = 24;
const MAX_CALL_DEPTH = 8;
/** Parts of summaries that one run may apply; ordinary functions need a hundredth of it, recursive parsers would never end. */
const MAX_WORK = 8_000;

export class Frame implements Caller {
  readonly engine: Engine;
  readonly fn: Fn;
  private registers: Value[];
  private state: State = new CowMap();
  private readonly sinks = new Map<string, SinkEffect>();
  private readonly writes = new Map<string, WriteEffect>();
  private readonly callbacks = new Map<string, CallbackEffect>();
  private readonly outs = new Map<number, Value>();
  /** Values of captured variables that closures wrote. */
  private readonly shared = new Map<number, Value>();
  private readonly exits = new Map<number, State[]>();
  private readonly throwing: Value[] = [EMPTY];
  private caught: Value = EMPTY;
  private catching = false;
  private ret: Value = EMPTY;
  private depth = 0;
  private spent = 0;
  private exhausted = false;
  private readonly maxWork: number;
  private readonly needed: Uint8Array | undefined;
  private readonly owner: Fn;
  private readonly literals: Literals;
  /** Cells of state that this function makes anew at each call: `useState` of a component. */
  readonly ownState = new Set<string>();
  /** What of its parameters it puts there: it belongs to the call, not to all that share the cell. */
  readonly given: ReadonlyMap<string, Value>;
  private readonly giving = new Map<string, Value>();

  /**
   * `needed` says by operation what is evaluated (see `Demand`); absent, everything is. With `literals`, the run is one for calls
   * that pass these; what it finds of concrete data has been found by the run for all calls.
   */
  constructor(engine: Engine, fn: Fn, maxWork = MAX_WORK, needed?: Uint8Array, literals = NO_LITERALS, given: ReadonlyMap<string, Value> = NOTHING_GIVEN) {
    this.given = given;
    this.literals = literals;
    this.maxWork = maxWork;
    this.needed = needed;
    this.engine = engine;
    this.fn = fn;
    this.registers = new Array<Value>(fn.count).fill(EMPTY);
    this.owner = engine.program.thisOwner(fn);
  }

  run(): Summary {
    const { fn, engine } = this;
    fn.facts.params.forEach((p, i) => this.state.set(p.v, this.parameter(i)));
    if (this.owner === fn) this.state.set(THIS, ofOrigin(engine.self(fn)));
    this.range(0, fn.count);
    if (this.giving.size > 0 && this.given === NOTHING_GIVEN) return new Frame(engine, fn, this.maxWork, this.needed, this.literals, this.giving).run();
    if (fn.facts.kind === 'constructor') this.constructorProperties();
    this.remember();
    const limit = (): void => engine.limit('value-size');
    const outs = new Map([...this.outs].map(([i, v]) => [i, bounded(v, limit)]));
    return { ret: bounded(this.ret, limit), throws: bounded(this.throwing[0] ?? EMPTY, limit), outs, sinks: [...this.sinks.values()], writes: [...this.writes.values()], callbacks: [...this.callbacks.values()] };
  }

  /** A parameter stands for what callers pass; its declared type and name witness for values that say nothing themselves. */
  private parameter(index: number): Value {
    const { fn, engine } = this;
    const p = fn.facts.params[index];
    const literal = p && this.literals.get(p.v);
    if (literal) return literalValue(literal.word);
    const value = ofOrigin(engine.param(fn, index));
    if (!p || p.n === '') return p?.type ? this.typed(value, engine.types.ofVariable(fn.unit, p.v)) : value;
    const match = p.n === 'token' && isPieceOfText(engine, fn, index) ? undefined : engine.nameHint(p.n);
    const hinted = match ? mapTaints(value, (t) => withName(t, t.alias, { match, name: p.n, witness: 'own-name' as const }, t.trace)) : value;
    return p.type ? this.typed(hinted, engine.types.ofVariable(fn.unit, p.v)) : hinted;
  }

  private typed(value: Value, type: StaticType): Value {
    return type.k === 'unknown' || type.k === 'external' ? value : typedAs(value, type);
  }

  /** `constructor(private readonly users: UserService)` also writes the field. */
  private constructorProperties(): void {
    for (const p of this.fn.facts.params) if (p.property) this.storeAt({ base: THIS, path: [p.n] }, this.state.get(p.v) ?? EMPTY);
  }

  /** Keeps what closures of this function may read after it has ended; module variables become cells. */
  private remember(): void {
    const finals = new Map<number, Value>();
    const { unit } = this.fn;
    const isModule = this.fn.facts.kind === 'module';
    const exported = new Set(isModule ? unit.facts.exports.map((e) => e.v ?? (e.r === undefined ? undefined : rootOf(this.fn, e.r))) : []);
    this.state.forEach((value, v) => {
      if (v < 0 || ((varField(unit, v, VarField.Flags) & VarFlag.Captured) === 0 && !exported.has(v))) return;
      const full = join(value, this.shared.get(v) ?? EMPTY);
      finals.set(v, full);
      if (isModule) this.write(cellOfVariable(unit.index, v), [], full);
    });
    if (this.literals.size === 0) this.engine.finals.set(this.fn.id, finals);
    if (this.ret.calls || this.ret.fields) this.ret = this.closeOver(this.ret, finals);
  }

  /** Function values that leave carry what they captured. */
  private closeOver(v: Value, env: Held, depth = 0): Value {
    if (depth > 4 || (!v.calls && !v.fields)) return v;
    const calls = v.calls?.map((c) => (c.env || c.fn.facts.captures.length === 0 || c.fn.unit !== this.fn.unit ? c : { ...c, env: captured(c.fn, env) }));
    const fields = v.fields && new Map([...v.fields].map(([k, f]) => [k, this.closeOver(f, env, depth + 1)]));
    return { ...v, calls, fields };
  }

  /* ---------- control flow ---------- */

  /** Runs operations [from, to); false when control does not reach the end. */
  private range(from: number, to: number): boolean {
    let op = from;
    while (op < to) {
      switch (opcode(this.fn, op)) {
        case Op.If: {
          if (!this.branch(op)) return false;
          op = operand(this.fn, op, 3);
          break;
        }
        case Op.Loop: {
          if (!this.loop(op)) return false;
          op = operand(this.fn, op, 2);
          break;
        }
        case Op.Switch: {
          if (!this.switched(op)) return false;
          op = operand(this.fn, op, 3);
          break;
        }
        case Op.Try: {
          if (!this.tried(op)) return false;
          op = operand(this.fn, op, 3);
          break;
        }
        case Op.Block: {
          const through = this.range(op + 1, operand(this.fn, op, 2));
          if (!this.leave(op, through)) return false;
          op = operand(this.fn, op, 2);
          break;
        }
        case Op.Return: {
          const r = operand(this.fn, op, 1);
          if (r >= 0) this.ret = join(this.ret, this.fallback(this.declaredReturn(this.registers[r] ?? EMPTY)));
          return false;
        }
        case Op.Throw: {
          this.throws(this.registers[operand(this.fn, op, 1)] ?? EMPTY);
          return false;
        }
        case Op.Break:
        case Op.Continue: {
          const target = operand(this.fn, op, 1);
          this.exits.set(target, [...(this.exits.get(target) ?? []), this.state]);
          return false;
        }
        default: {
          if (this.needed === undefined || this.needed[op] !== 0) this.registers[op] = this.evaluate(op);
          op++;
        }
      }
    }
    return true;
  }

  /** What a catch part gives back where the ordinary way masks it: the input that could not even be read. */
  private fallback(value: Value): Value {
    if (!this.catching || value.taints.length === 0) return value;
    if (this.hidden.length > 0) return EMPTY;
    const masked = new Set(this.ret.taints.filter((t) => t.guards.some((g) => g.kind === 'mask')).map((t) => t.origin));
    return masked.size === 0 ? value : { ...value, taints: value.taints.filter((t) => !masked.has(t.origin)) };
  }

  private declaredReturn(value: Value): Value {
    const { fn, engine } = this;
    if (!fn.facts.ret || value.taints.length === 0) return value;
    return this.typed(value, awaited(engine.types.resolve(fn.unit, fn.facts.ret, engine.types.envOf(fn))));
  }

  private branch(op: number): boolean {
    const condition = operand(this.fn, op, 1);
    const [elseAt, end] = [operand(this.fn, op, 2), operand(this.fn, op, 3)];
    const constant = constantCondition(this.engine, this.fn, condition, this.literals);
    const before = this.state;
    const spared = this.spared;
    const listed = this.listed;
    const hiddenBefore = this.hidden.length;
    let refined = NOTHING_PUT;
    let yes = false;
    let yesState: State | undefined;
    if (constant !== false) {
      this.state = before.fork();
      this.spared = spared.fork();
      this.listed = listed.fork();
      refined = this.refine(outcomes(this.engine, this.fn, condition, true));
      yes = this.range(op + 1, elseAt);
      yesState = this.state;
    } else this.clear(op + 1, elseAt);
    const sparedYes = this.spared;
    let no = false;
    let noState: State | undefined;
    let refinedNo = NOTHING_PUT;
    if (constant !== true) {
      this.state = before.fork();
      this.spared = spared.fork();
      this.listed = listed.fork();
      refinedNo = this.refine(outcomes(this.engine, this.fn, condition, false));
      no = this.range(elseAt, end);
      noState = this.state;
    } else this.clear(elseAt, end);
    // What a test said of a value ends with the branch, unless only one side goes on.
    if (yes && no) restore(before, [[yesState, refined], [noState, refinedNo]]);
    this.spared = yes === no ? spared : yes ? sparedYes : this.spared;
    this.listed = listed;
    const reached = [yes ? yesState : undefined, no ? noState : undefined].filter((s): s is State => s !== undefined);
    this.state = joinStates(reached) ?? before;
    this.hide(hiddenBefore);
    return reached.length > 0;
  }

  /** Keys that are known not to be in a list, with its names. */
  private spared = new CowMap<readonly string[] | undefined>();

  /** Keys that are known to be in a list. */
  private listed = new CowMap<readonly string[] | undefined>();
  /** Places in which what stands under listed keys was overwritten or deleted, in order of the code. */
  private readonly hidden: { readonly place: Place0; readonly names: readonly string[] | undefined }[] = [];

  /** Where the key is in the list its member is hidden, where not it needs no hiding: behind the test none of the listed is left. */
  private hide(since: number): void {
    for (const { place, names } of this.hidden.slice(since)) {
      const value = this.state.get(place.base);
      if (value && !isEmpty(value)) this.state.set(place.base, storePath(value, place.path, exceptKeys(readPath(value, place.path), names), false));
    }
  }

  /** Notes that `object[key]` was overwritten with a mask, or deleted. */
  private hideMember(object: number, key: number): void {
    const v = opcode(this.fn, key) === Op.GetVar ? operand(this.fn, key, 1) : -1;
    const place = this.listed.has(v) ? this.placeOf(object) : undefined;
    if (place) this.hidden.push({ place, names: this.listed.get(v) });
  }

  /** `url.searchParams.set(key, '***')`: the URL is the project's own redaction of what it was made of. */
  hideAll(r: number): void {
    const place = this.placeOf(r);
    if (place?.path.at(-1) !== 'searchParams') return;
    this.hidden.push({ place: { base: place.base, path: place.path.slice(0, -1) }, names: undefined });
  }

  /** Registers of a part that never runs hold nothing. */
  private clear(from: number, to: number): void {
    this.registers.fill(EMPTY, from, to);
  }

  /** Narrows variables by what a test has shown; returns what it put there. */
  private refine(facts: readonly Refinement[]): ReadonlyMap<number, Value> {
    if (facts.length === 0) return NOTHING_PUT;
    const put = new Map<number, Value>();
    for (const f of facts) {
      if (f.among) {
        this.listed.set(f.v, f.among.names);
        continue;
      }
      if (f.except?.isKey) this.spared.set(f.v, f.except.names);
      const value = this.state.get(f.v);
      if (!value || isEmpty(value)) continue;
      if (f.except) put.set(f.v, exceptKeys(value, f.except.names));
      else if (f.absent) {
        // `if (!user)`: in the branch where it is absent, it holds nothing.
        put.set(f.v, storePath(value, f.path, EMPTY, false));
      } else put.set(f.v, { ...value, taints: value.taints.map((t) => (t.facts.includes(f.fact) ? t : { ...t, facts: [...t.facts, f.fact].sort() })) });
      this.state.set(f.v, put.get(f.v) ?? EMPTY);
    }
    return put;
  }

  private loop(op: number): boolean {
    const end = operand(this.fn, op, 2);
    const once = operand(this.fn, op, 1) === LoopKind.DoWhile;
    const before = this.state;
    let current = before;
    const ends: State[] = once ? [] : [before];
    const hiddenBefore = this.hidden.length;
    for (let round = 0; round < 2; round++) {
      this.state = current.fork();
      const through = this.range(op + 1, end);
      const reached = [...(through ? [this.state] : []), ...(this.exits.get(op) ?? [])];
      this.exits.delete(op);
      ends.push(...reached);
      const next = joinStates([current, ...reached]) ?? current;
      if (sameState(next, current)) break;
      current = next;
    }
    const after = joinStates(ends);
    this.state = after ?? before;
    this.hide(hiddenBefore);
    return after !== undefined;
  }

  private leave(op: number, through: boolean): boolean {
    const reached = [...(through ? [this.state] : []), ...(this.exits.get(op) ?? [])];
    this.exits.delete(op);
    const after = joinStates(reached);
    if (after) this.state = after;
    return after !== undefined;
  }

  private switched(op: number): boolean {
    const cases = list(this.fn.unit, operand(this.fn, op, 2));
    const end = operand(this.fn, op, 3);
    const before = this.state;
    const subject = operand(this.fn, op, 1);
    let falling: State | undefined;
    let hasDefault = false;
    for (let i = 0; i < cases.length; i += 2) {
      const test = cases[i] ?? -1;
      if (test < 0) hasDefault = true;
      const start = cases[i + 1] ?? end;
      const stop = i + 3 < cases.length ? (cases[i + 3] ?? end) : end;
      this.state = before.fork();
      const key = test >= 0 ? this.engine.types.constantText(this.fn, test) : undefined;
      const subjectPlace = this.placeOf(subject);
      if (key !== undefined && subjectPlace && subjectPlace.base >= 0 && subjectPlace.path.length > 0) {
        this.refine([{ v: subjectPlace.base, path: subjectPlace.path.slice(0, -1), fact: `${subjectPlace.path[subjectPlace.path.length - 1]}=${key}`, absent: false }]);
      }
      if (falling) this.state = joinStates([this.state, falling]) ?? this.state;
      falling = this.range(start, stop) ? this.state : undefined;
    }
    const reached = [...(falling ? [falling] : []), ...(hasDefault ? [] : [before]), ...(this.exits.get(op) ?? [])];
    this.exits.delete(op);
    const after = joinStates(reached);
    if (after) this.state = after;
    return after !== undefined;
  }

  private tried(op: number): boolean {
    const [catchAt, finallyAt, end] = [operand(this.fn, op, 1), operand(this.fn, op, 2), operand(this.fn, op, 3)];
    const before = this.state.fork();
    this.throwing.push(EMPTY);
    const through = this.range(op + 1, catchAt);
    const thrown = this.throwing.pop() ?? EMPTY;
    const after = this.state;
    const reached: State[] = through ? [after] : [];
    if (finallyAt > catchAt) {
      const saved = this.caught;
      const catching = this.catching;
      this.catching = true;
      this.caught = thrown;
      this.state = joinStates([before, after]) ?? before;
      if (this.range(catchAt, finallyAt)) reached.push(this.state);
      this.caught = saved;
      this.catching = catching;
    } else this.throws(thrown);
    const joined = joinStates(reached);
    this.state = joined ?? joinStates([before, after]) ?? before;
    const last = this.range(finallyAt, end);
    return joined !== undefined && last;
  }

  /* ---------- operations ---------- */

  private evaluate(op: number): Value {
    const { fn } = this;
    const a = operand(fn, op, 1);
    const b = operand(fn, op, 2);
    const c = operand(fn, op, 3);
    switch (opcode(fn, op)) {
      case Op.Const: return this.constant(a, b, c);
      case Op.GetVar: return this.variableValue(a);
      case Op.SetVar: return this.setVariable(a, this.registers[b] ?? EMPTY, op);
      case Op.Global: return EMPTY;
      case Op.Load: return this.loadMember(op, a, text(fn.unit, b));
      case Op.Elem: return this.loadElement(a, b);
      case Op.Store: return this.storeMember(op, a, text(fn.unit, b), this.registers[c] ?? EMPTY);
      case Op.StoreElem: return this.storeElement(a, b, this.registers[c] ?? EMPTY);
      case Op.Call:
      case Op.New: return this.call(op);
      case Op.Object: {
        switchedOffInLiteral(this, op);
        return this.object(b);
      }
      case Op.Array: return this.array(b);
      case Op.Template: return this.template(list(fn.unit, b), op);
      case Op.Concat: return this.template(Int32Array.of(a, b), op);
      case Op.Binary: return a === BinaryKind.Arithmetic ? convert(join(this.registers[b] ?? EMPTY, this.registers[c] ?? EMPTY), Form.Part, 'own') : EMPTY;
      case Op.Unary: return a === UnaryKind.Negate ? convert(this.registers[b] ?? EMPTY, Form.Part, 'own') : EMPTY;
      case Op.Join: return this.joined(list(fn.unit, b));
      case Op.Closure: return ofCallable(this.engine.program.fnOf(fn.unit, a));
      case Op.ClassValue: return EMPTY;
      case Op.This: return this.selfValue();
      case Op.Super: return this.selfValue();
      case Op.Await: return this.awaited(a);
      case Op.Yield: {
        const v = a >= 0 ? (this.registers[a] ?? EMPTY) : EMPTY;
        this.ret = join(this.ret, c ? v : store(EMPTY, ELEMENT, v));
        return EMPTY;
      }
      case Op.Rest: return without(this.registers[a] ?? EMPTY, [...list(fn.unit, b)].map((s) => text(fn.unit, s)));
      case Op.RestArray: return restOf(this.registers[a] ?? EMPTY, b);
      case Op.Delete: {
        const place = this.placeOf(a);
        if (place) this.storeAt({ base: place.base, path: [...place.path, text(fn.unit, b)] }, EMPTY);
        return EMPTY;
      }
      case Op.DeleteElem: {
        const place = this.placeOf(a);
        const key = this.engine.types.constantText(fn, b);
        if (place && key !== undefined) this.storeAt({ base: place.base, path: [...place.path, key] }, EMPTY);
        if (key === undefined) this.hideMember(a, b);
        return EMPTY;
      }
      case Op.Cast: return this.typed(this.registers[a] ?? EMPTY, this.engine.types.ofRegister(fn, op));
      // Keys are names, not data.
      case Op.Iterate: return c === LoopKind.In ? EMPTY : this.iterated(a);
      case Op.Caught: return this.caught;
      case Op.Jsx: return this.jsx(op, a, this.registers[c] ?? EMPTY, b >= 0 ? componentOf(this.engine.program, text(fn.unit, b)) : undefined);
      case Op.Arguments: return this.argumentsValue();
      default: return EMPTY;
    }
  }

  private constant(kind: number, s: number, flags: number): Value {
    if (kind !== ConstKind.String) return EMPTY;
    if (flags & ConstFlag.Mask) return MASK;
    return s >= 0 ? ofText(text(this.fn.unit, s)) : EMPTY;
  }

  value(r: number): Value {
    return this.registers[r] ?? EMPTY;
  }

  /** A map yields pairs; its keys are taken for names. */
  private iterated(r: number): Value {
    const elements = loadElements(this.registers[r] ?? EMPTY);
    return this.engine.types.ofRegister(this.fn, r).k === 'map' && !isEmpty(elements) ? store(EMPTY, '1', elements) : elements;
  }

  private joined(registers: Int32Array): Value {
    let out: Value | undefined;
    for (const r of registers) out = out === undefined ? (this.registers[r] ?? EMPTY) : join(out, this.registers[r] ?? EMPTY);
    return out ?? EMPTY;
  }

  private awaited(r: number): Value {
    const v = this.registers[r] ?? EMPTY;
    const rejection = v.fields?.get(REJECTION);
    if (rejection === undefined) return v;
    const fields = new Map(v.fields);
    fields.delete(REJECTION);
    return { ...v, fields: fields.size > 0 ? fields : undefined };
  }

  private argumentsValue(): Value {
    const { params } = this.fn.facts;
    if (params.length === 0) return ofOrigin(this.engine.param(this.fn, 0));
    let out = EMPTY;
    params.forEach((p, i) => (out = store(out, String(i), this.state.get(p.v) ?? EMPTY)));
    return out;
  }

  /* ---------- variables ---------- */

  private variableValue(v: number): Value {
    const { unit } = this.fn;
    const kind = varField(unit, v, VarField.Kind);
    const ref = varField(unit, v, VarField.Ref);
    if (kind === VarKind.Function && ref >= 0 && (varField(unit, v, VarField.Flags) & VarFlag.Reassigned) === 0) return ofCallable(this.engine.program.fnOf(unit, ref));
    if (kind === VarKind.Class || kind === VarKind.Enum) return EMPTY;
    if (kind === VarKind.Import) return this.imported(v);
    const owner = varField(unit, v, VarField.Owner);
    if (owner === this.fn.local) {
      const own = this.state.get(v) ?? EMPTY;
      const shared = this.shared.get(v);
      return shared ? join(own, shared) : own;
    }
    const literal = this.literals.get(v);
    if (literal) return literalValue(literal.word);
    const fixed = this.fixedValue(v);
    if (fixed) return fixed;
    if (owner === 0) return ofOrigin(this.engine.cell(cellOfVariable(unit.index, v), varName(unit, v), this.engine.types.ofVariable(unit, v), unit, varField(unit, v, VarField.Start)));
    const held = ofOrigin(this.engine.capture(unit, v));
    const written = this.state.get(v);
    return written ? join(held, written) : held;
  }

  /** A constant of an enclosing scope that is a name or a function needs no cell. */
  private fixedValue(v: number): Value | undefined {
    const { unit } = this.fn;
    const init = varField(unit, v, VarField.Init);
    if (init < 0 || varField(unit, v, VarField.Flags) & VarFlag.Reassigned) return undefined;
    const maker = this.engine.program.fnOf(unit, varField(unit, v, VarField.Owner));
    const code = opcode(maker, init);
    if (code === Op.Closure) return ofCallable(this.engine.program.fnOf(unit, operand(maker, init, 1)));
    if (code === Op.Const) return operand(maker, init, 1) === ConstKind.String && operand(maker, init, 3) & ConstFlag.Mask ? MASK : operand(maker, init, 2) >= 0 ? ofText(text(unit, operand(maker, init, 2))) : EMPTY;
    if (code === Op.ClassValue || code === Op.Import) return EMPTY;
    if (code === Op.Object || code === Op.Array) return this.dispatchTable(v, maker, init);
    return code === Op.Call ? this.wrappedFunction(maker, init) : undefined;
  }

  /** `const save = debounce((form) => …)`: a library call that hands back the function it was given. */
  private wrappedFunction(maker: Fn, call: number): Value | undefined {
    const [first = -1] = callArguments(maker, call);
    if (first < 0 || opcode(maker, first) !== Op.Closure) return undefined;
    const callee = operand(maker, call, 1);
    const { models } = this.engine.callees.match({ external: externalNames(this.engine.types.ofRegister(maker, callee)), chain: writtenChain(maker, callee) });
    const keeps = models.some((m) => m.flows.some((f) => f.kind === 'value' && isWhole(f.input, 'arg') && f.input.index === 0 && isWhole(f.output, 'return')));
    return keeps ? ofCallable(this.engine.program.fnOf(maker.unit, operand(maker, first, 1))) : undefined;
  }

  /** A constant table of functions: `{ mail: (c) => c.email }` beside whatever else it holds. */
  private dispatchTable(v: number, maker: Fn, init: number): Value | undefined {
    const { unit } = this.fn;
    const items = list(unit, operand(maker, init, 2));
    const isObject = opcode(maker, init) === Op.Object;
    const fields = new Map<string, Value>();
    for (let i = 0; i < items.length; i += isObject ? 3 : 1) {
      const r = isObject ? (items[i + 2] ?? -1) : (items[i] ?? -1);
      const type = r >= 0 ? this.engine.types.ofRegister(maker, r) : undefined;
      if (type?.k !== 'functions' || type.fns.length === 0) continue;
      const key = isObject ? text(unit, items[i + 1] ?? -1) : String(i);
      fields.set(key, ofCallables(type.fns.map(callable)));
    }
    if (fields.size === 0) return undefined;
    const owner = varField(unit, v, VarField.Owner);
    const rest = owner === 0 ? ofOrigin(this.engine.cell(cellOfVariable(unit.index, v), varName(unit, v), this.engine.types.ofVariable(unit, v), unit, varField(unit, v, VarField.Start))) : ofOrigin(this.engine.capture(unit, v));
    return { ...rest, fields };
  }

  private imported(v: number): Value {
    const { unit } = this.fn;
    const symbol = this.engine.types.symbols.variable(unit, v);
    if (symbol?.kind === 'variable') {
      const type = this.engine.types.ofVariable(symbol.unit, symbol.v);
      if (type.k === 'functions' && type.fns.length > 0) return ofCallables(type.fns.map(callable));
      if (type.k === 'class' || type.k === 'enum') return EMPTY;
      const known = this.engine.types.constantVariable(symbol.unit, symbol.v);
      if (known !== undefined) return ofText(known);
      return ofOrigin(this.engine.cell(cellOfVariable(symbol.unit.index, symbol.v), varName(symbol.unit, symbol.v), type, symbol.unit, varField(symbol.unit, symbol.v, VarField.Start)));
    }
    if (symbol?.kind === 'register') {
      const type = this.engine.types.ofSymbol(symbol);
      if (type.k === 'functions') return ofCallables(type.fns.map(callable));
      return this.exported(symbol.unit, symbol.r, 0);
    }
    return EMPTY;
  }

  /** `export default slice.reducer`. */
  private exported(unit: Unit, r: number, depth: number): Value {
    const maker = this.engine.program.fnOf(unit, 0);
    if (opcode(maker, r) === Op.Load && depth < 4) return load(this.exported(unit, operand(maker, r, 1), depth + 1), text(unit, operand(maker, r, 2)));
    const v = opcode(maker, r) === Op.GetVar && depth > 0 ? operand(maker, r, 1) : -1;
    return v < 0 ? EMPTY : ofOrigin(this.engine.cell(cellOfVariable(unit.index, v), varName(unit, v), this.engine.types.ofVariable(unit, v), unit, varField(unit, v, VarField.Start)));
  }

  private setVariable(v: number, value: Value, op: number): Value {
    // The default of a parameter that is known.
    if (this.literals.has(v)) return EMPTY;
    const declared = varField(this.fn.unit, v, VarField.Type) >= 0 && value.taints.length > 0 ? this.typed(value, this.engine.types.ofVariable(this.fn.unit, v)) : value;
    const named = this.named(declared, varName(this.fn.unit, v), op, true);
    const owner = varField(this.fn.unit, v, VarField.Owner);
    if (owner === this.fn.local) this.state.set(v, this.bounded(named));
    else this.write(owner === 0 ? cellOfVariable(this.fn.unit.index, v) : captureKey(this.fn.unit.index, v), [], named);
    // Whoever calls a closure after its maker has returned holds no such variable: what the closure wrote it reads itself.
    if (owner !== this.fn.local && owner !== 0) this.state.set(v, named);
    return EMPTY;
  }

  /** A name that data is given is a hint, for the case that its origin says nothing. */
  named(value: Value, name: string, op: number, variable: boolean): Value {
    if (value.taints.length === 0 || name === '') return value;
    const match = this.engine.nameHint(name);
    let changed = false;
    const taints = value.taints.map((t) => {
      const alias = variable && t.alias === undefined && t.path === '' && t.form === Form.Value ? name : t.alias;
      const hint = t.hint ?? (match && !isTrimming(t) && t.form !== Form.Text && t.form !== Form.Deep ? { match, name, witness: 'own-name' as const } : undefined);
      if (alias === t.alias && hint === t.hint) return t;
      changed = true;
      return withName(t, alias, hint, hint !== t.hint && !isSymbolic(t.origin) ? step(t.trace, 'assign', this.fn, op, [name]) : t.trace);
    });
    return changed ? withTaints(value, taints) : value;
  }

  /* ---------- members ---------- */

  private selfValue(): Value {
    if (this.owner === this.fn) return this.state.get(THIS) ?? EMPTY;
    return ofOrigin(this.engine.self(this.owner));
  }

  private loadMember(op: number, object: number, key: string): Value {
    const receiver = this.registers[object] ?? EMPTY;
    if (key === 'length' || key === 'size' || key === 'name' && receiver.calls) return EMPTY;
    const accessor = this.accessor(object, key, 'getter');
    if (accessor) return this.invoke(callable(accessor), [], receiver, op, [key]).ret;
    const opcodeOfObject = opcode(this.fn, object);
    const later = opcodeOfObject === Op.This ? streamField(this.engine, this.fn, op, key) : undefined;
    if (later) return join(load(receiver, key), later);
    if (isEmpty(receiver)) {
      if (opcodeOfObject === Op.Global || opcodeOfObject === Op.GetVar || opcodeOfObject === Op.Load) return this.staticMember(op, object, key);
      return EMPTY;
    }
    if (/^\d+$/.test(key) && isText(this.engine.types.ofRegister(this.fn, object))) return character(this, op, receiver);
    const loaded = load(receiver, key);
    // Read by name from what was written by unknown keys: the name says what it is.
    const value = receiver.fields?.has(ELEMENT) && !receiver.fields.has(key) ? this.named(loaded, key, op, false) : loaded;
    if (value.taints.length === 0) return value;
    return this.withRead(value, op, key);
  }

  private withRead(value: Value, op: number, key: string): Value {
    for (const t of value.taints) {
      if (t.form !== Form.Value) continue;
      const o = t.origin;
      this.engine.classifier.recordUse(o.kind === 'param' ? `p${o.fn.id}:${o.index}` : `o${o.id}`, t.path, key);
    }
    if (this.engine.nameHint(key) === undefined) return value;
    const names = [key];
    return withTaints(value, value.taints.map((t) => (t.form === Form.Value ? withTrace(t, step(t.trace, 'read', this.fn, op, names)) : t)));
  }

  /** A member of something that is no data itself: a module's export, a class's static field, a global. */
  private staticMember(op: number, object: number, key: string): Value {
    const types = this.engine.types;
    const type = types.ofRegister(this.fn, object);
    const functions = functionsOfModule(this.engine.program, types, this.fn, op);
    if (functions.length > 0) return ofCallables(functions.map(callable));
    if (type.k === 'module') {
      const symbol = types.symbols.exported(type.unit, key);
      if (symbol?.kind === 'variable') {
        const t = types.ofVariable(symbol.unit, symbol.v);
        if (t.k === 'functions') return ofCallables(t.fns.map(callable));
        return ofOrigin(this.engine.cell(cellOfVariable(symbol.unit.index, symbol.v), varName(symbol.unit, symbol.v), t, symbol.unit, varField(symbol.unit, symbol.v, VarField.Start)));
      }
    }
    if (type.k === 'class') {
      const text0 = types.constantText(this.fn, op);
      if (text0 !== undefined) return ofText(text0);
      return ofOrigin(this.engine.cell(cellOfField(type.cls.id, key), key, types.member(type, key), type.cls.unit, type.cls.facts.start));
    }
    if (type.k === 'enum') {
      const word = types.constantText(this.fn, op);
      return word === undefined ? EMPTY : ofText(word);
    }
    if (type.k === 'external') {
      const root = type.names[0];
      if (root?.root === 'global:process' && root.members.length === 0 && key === 'argv') return ofOrigin(this.engine.opaque('input', key, this.fn, op, types.member(type, key)));
      if (root?.root.startsWith('global:') && GLOBAL_SOURCES.has([root.root.slice(7), ...root.members].join('.'))) {
        return ofOrigin(this.engine.opaque('global', key, this.fn, op, types.member(type, key)));
      }
    }
    return EMPTY;
  }

  private accessor(object: number, key: string, kind: 'getter' | 'setter'): Fn | undefined {
    if (!this.engine.types.accessorNames.has(key)) return undefined;
    return this.engine.types.accessorsOf(this.engine.types.ofRegister(this.fn, object), key, kind)[0];
  }

  private loadElement(object: number, key: number): Value {
    const receiver = this.registers[object] ?? EMPTY;
    const name = this.keyText(key);
    if (name !== undefined) {
      if (name === 'length') return EMPTY;
      return isEmpty(receiver) ? EMPTY : load(receiver, name);
    }
    if (isEmpty(receiver)) return EMPTY;
    const words = constantTexts(this.engine.types, this.fn, key) ?? literalWords(this.engine.types.ofRegister(this.fn, key));
    if (words.length > 0) return words.map((w) => load(receiver, w)).reduce(join);
    const v = opcode(this.fn, key) === Op.GetVar ? operand(this.fn, key, 1) : -1;
    return this.spared.has(v) ? exceptKeys(loadElements(receiver), this.spared.get(v)) : loadElements(receiver);
  }

  keyText(r: number): string | undefined {
    return this.registers[r]?.text ?? this.engine.types.constantText(this.fn, r) ?? smallInteger(this.fn, r)?.toString();
  }

  private storeMember(op: number, object: number, key: string, value: Value): Value {
    destinationSinks(this, op, object, key, value);
    assignedReads(this, op, value);
    const setter = this.accessor(object, key, 'setter');
    if (setter) {
      const { outs } = this.invoke(callable(setter), [value], this.registers[object] ?? EMPTY, op, [key]);
      this.mergeOuts(outs, object, []);
      return EMPTY;
    }
    const named = this.named(value, key, op, false);
    if (this.staticStore(object, key, named)) return EMPTY;
    const place = this.placeOf(object);
    if (place) this.storeAt({ base: place.base, path: [...place.path, key] }, named);
    else {
      this.registers[object] = store(this.registers[object] ?? EMPTY, key, named);
    }
    return EMPTY;
  }

  /** `Session.current = user`: a static field is a cell. */
  private staticStore(object: number, key: string, value: Value): boolean {
    const type = this.engine.types.ofRegister(this.fn, object);
    if (type.k !== 'class') return false;
    this.write(cellOfField(type.cls.id, key), [], value);
    return true;
  }

  private storeElement(object: number, key: number, value: Value): Value {
    const place = this.placeOf(object);
    const name = this.keyText(key);
    if (value.mask && name === undefined) this.hideMember(object, key);
    if (place) this.storeAt({ base: place.base, path: [...place.path, name ?? ELEMENT] }, value, name === undefined);
    else this.registers[object] = name === undefined ? storeWeak(this.registers[object] ?? EMPTY, ELEMENT, value) : store(this.registers[object] ?? EMPTY, name, value);
    return EMPTY;
  }

  /** The cell of a module variable, an imported one where it is declared. */
  private moduleCell(v: number): string {
    const { unit } = this.fn;
    const symbol = varField(unit, v, VarField.Kind) === VarKind.Import ? this.engine.types.symbols.variable(unit, v) : undefined;
    return symbol?.kind === 'variable' ? cellOfVariable(symbol.unit.index, symbol.v) : cellOfVariable(unit.index, v);
  }

  /** The variable (or `this`) and members that a register reads, if it is a plain access path. */
  placeOf(r: number, depth = 0): Place0 | undefined {
    if (depth > 8) return undefined;
    switch (opcode(this.fn, r)) {
      case Op.GetVar: return this.aliasOf(operand(this.fn, r, 1), depth);
      case Op.This: return { base: THIS, path: [] };
      case Op.Load: {
        const inner = this.placeOf(operand(this.fn, r, 1), depth + 1);
        return inner && { base: inner.base, path: [...inner.path, text(this.fn.unit, operand(this.fn, r, 2))] };
      }
      case Op.Elem: {
        const inner = this.placeOf(operand(this.fn, r, 1), depth + 1);
        return inner && { base: inner.base, path: [...inner.path, this.keyText(operand(this.fn, r, 2)) ?? ELEMENT] };
      }
      case Op.Cast: return this.placeOf(operand(this.fn, r, 1), depth + 1);
      case Op.Call: return this.returnsReceiver(r) ? this.placeOf(operand(this.fn, operand(this.fn, r, 1), 1), depth + 1) : undefined;
      default: return undefined;
    }
  }

  /** `builder.to(x)` that returns `this` is the builder. */
  private returnsReceiver(call: number): boolean {
    if (opcode(this.fn, operand(this.fn, call, 1)) !== Op.Load) return false;
    const { fns } = this.engine.types.targets(this.fn, call);
    return fns.length > 0 && fns.every((f) => this.engine.summaries.get(f.id)?.ret.taints.some((t) => t.origin.kind === 'this' && t.origin.fn === f && t.path === ''));
  }

  /** `const contact = order.customer` is another name for a place. */
  private aliasOf(v: number, depth: number): Place0 {
    const { unit } = this.fn;
    const init = varField(unit, v, VarField.Init);
    const mine = varField(unit, v, VarField.Owner) === this.fn.local;
    if (mine && init >= 0 && (varField(unit, v, VarField.Flags) & VarFlag.Reassigned) === 0) {
      const code = opcode(this.fn, init);
      if (code === Op.GetVar || code === Op.Load || code === Op.This || code === Op.Cast) {
        const place = this.placeOf(init, depth + 1);
        if (place && (place.base !== THIS || place.path.length > 0)) return place;
      }
    }
    return { base: v, path: [] };
  }

  /** Writes to a place; the variable itself is updated strongly, what outlives the function is recorded. */
  storeAt(place: Place0, value: Value, weak = false): void {
    const { unit } = this.fn;
    const state = place.path.length === 0 || isEmpty(value) ? undefined : place.base === THIS ? stateBelowThis(place.path) : stateBelow(this.engine, unit, place.base, place.path);
    if (state) this.write(state.key, state.rest, asState(value, state));
    if (place.base === THIS) {
      if (this.owner === this.fn) {
        this.state.set(THIS, this.bounded(storePath(this.state.get(THIS) ?? EMPTY, place.path, value, weak)));
        this.out(THIS, place.path, value, weak);
      }
      this.fieldWrite(place.path, value);
      return;
    }
    const owner = varField(unit, place.base, VarField.Owner);
    if (owner !== this.fn.local) {
      this.write(owner === 0 ? this.moduleCell(place.base) : captureKey(unit.index, place.base), place.path, value);
      return;
    }
    this.state.set(place.base, this.bounded(storePath(this.state.get(place.base) ?? EMPTY, place.path, value, weak)));
    this.updateAliases(place, value, weak);
    if (varField(unit, place.base, VarField.Kind) === VarKind.Param && place.path.length > 0) {
      const index = this.fn.facts.params.findIndex((p) => p.v === place.base);
      if (index >= 0) this.out(index, place.path, value, weak);
    }
  }

  /** Values that the promises made here were settled with. */
  private readonly settled = new Map<number, Value>();
  /** Those of them that stand for a callback `(error, value)` which the call left out. */
  private readonly nodeStyle = new Set<number>();
  /** Puts a whole value in a place: what `Object.assign(target, …)` made of it. */
  replaceAt(place: Place0, value: Value): void {
    if (place.path.length > 0) this.storeAt(place, value);
    else if (place.base >= 0) for (const [key, field] of value.fields ?? []) this.storeAt({ base: place.base, path: [key] }, field);
    else for (const [key, field] of value.fields ?? []) this.storeAt({ base: THIS, path: [key] }, field);
    if (place.path.length === 0 && place.base >= 0 && varField(this.fn.unit, place.base, VarField.Owner) === this.fn.local) this.state.set(place.base, value);
  }

  private readonly aliases = new Map<number, Place0>();

  /** Variables that are other names for (a part of) the written place see the write too. */
  private updateAliases(place: Place0, value: Value, weak: boolean): void {
    for (const { v, key } of place.path.length === 0 ? [] : holdersOf(this.fn, place.base)) {
      const holder = this.state.get(v);
      if (holder) this.state.set(v, storePath(holder, [key, ...place.path], value, weak));
    }
    this.state.forEach((held, v) => {
      if (v < 0 || v === place.base) return;
      let alias = this.aliases.get(v);
      if (!alias) this.aliases.set(v, (alias = this.aliasOf(v, 0)));
      if (alias.base !== place.base || alias.base === v || alias.path.length > place.path.length) return;
      if (!alias.path.every((k, i) => place.path[i] === k)) return;
      this.state.set(v, storePath(held, place.path.slice(alias.path.length), value, weak));
    });
  }

  private bounded(value: Value): Value {
    return value.fields ? bounded(value, () => this.engine.limit('value-size'), this.fn.facts.kind === 'module' ? MODULE_BOUNDS : undefined) : value;
  }

  private out(index: number, path: readonly string[], value: Value, weak: boolean): void {
    this.outs.set(index, this.bounded(storePath(this.outs.get(index) ?? EMPTY, path, value, weak)));
  }

  private fieldWrite(path: readonly string[], value: Value): void {
    const [field, ...rest] = path;
    const self = this.engine.types.thisOf(this.owner);
    if (field === undefined || (self.k !== 'instance' && self.k !== 'class')) return;
    this.write(this.ownField(self, field), rest, value);
  }

  private ownField(self: StaticType & { readonly k: 'instance' | 'class' }, field: string): string {
    return self.k === 'instance' && this.engine.types.below(self.cls).length > 1 ? fieldOfReceiver(self.cls.id, field) : cellOfField(self.cls.id, field);
  }

  /** Part of `Caller`: the class of the receiver says whose field it is. */
  fieldKey(key: string, app: Application): string {
    const { cls, name } = readFieldOfReceiver(key);
    const receiver = this.receiverOf(app);
    return receiver === undefined ? cellOfField(cls, name) : receiver === 'own' ? this.inherited(cls, name) : cellOfField(receiver.id, name);
  }

  private inherited(cls: number, field: string): string {
    const self = this.engine.types.thisOf(this.owner);
    return self.k === 'instance' ? this.ownField(self, field) : cellOfField(cls, field);
  }

  /** The class that a method is called on; `own` for `this`, undefined when it is not in sight. */
  private receiverOf({ callee: { fn }, op }: Application): Cls | 'own' | undefined {
    if (fn.facts.kind === 'arrow') return this.engine.program.thisOwner(fn).facts.cls === this.owner.facts.cls ? 'own' : undefined;
    const { types } = this.engine;
    const code = opcode(this.fn, op);
    if (code === Op.New) {
      const made = types.ofRegister(this.fn, op);
      return made.k === 'instance' ? made.cls : undefined;
    }
    if (code !== Op.Call || !types.targets(this.fn, op).fns.includes(fn)) return undefined;
    const called = operand(this.fn, op, 1);
    if (opcode(this.fn, called) === Op.Super) return 'own';
    if (opcode(this.fn, called) !== Op.Load) return undefined;
    const receiver = operand(this.fn, called, 1);
    if (opcode(this.fn, receiver) === Op.This || opcode(this.fn, receiver) === Op.Super) return 'own';
    const type = awaited(types.ofRegister(this.fn, receiver));
    return type.k === 'instance' ? type.cls : undefined;
  }

  private object(at: number): Value {
    const items = list(this.fn.unit, at);
    const made = new Members();
    let i = 0;
    for (; i < items.length && items[i] === PropertyKind.Plain; i += 3) {
      const key = text(this.fn.unit, items[i + 1] ?? -1);
      made.set(key, this.named(this.registers[items[i + 2] ?? 0] ?? EMPTY, key, items[i + 2] ?? 0, false));
    }
    let out = made.value();
    for (; i < items.length; i += 3) {
      const value = this.registers[items[i + 2] ?? 0] ?? EMPTY;
      switch (items[i]) {
        case PropertyKind.Spread: out = spread(out, value); break;
        case PropertyKind.Plain: {
          const key = text(this.fn.unit, items[i + 1] ?? -1);
          out = store(out, key, this.named(value, key, items[i + 2] ?? 0, false));
          break;
        }
        case PropertyKind.Computed: {
          const key = this.keyText(items[i + 1] ?? -1);
          out = key === undefined ? storeWeak(out, ELEMENT, value) : store(out, key, value);
          break;
        }
        case PropertyKind.Getter: {
          const getter = value.calls?.[0];
          if (getter) out = store(out, text(this.fn.unit, items[i + 1] ?? -1), this.invoke(getter, [], out, items[i + 2] ?? 0, ['get']).ret);
          break;
        }
      }
    }
    return out;
  }

  private array(at: number): Value {
    const out = new Members();
    let index = 0;
    for (const r of list(this.fn.unit, at)) {
      if (r < 0) {
        out.add(ELEMENT, loadElements(this.registers[~r] ?? EMPTY));
        index = 10;
      } else {
        const value = this.registers[r] ?? EMPTY;
        if (index <= 9) out.set(String(index), value);
        else if (!isEmpty(value)) out.add(ELEMENT, value);
        index++;
      }
    }
    return out.value();
  }

  /** Text made of parts. Kept pieces of a value around mask characters are a mask. */
  private template(parts: Int32Array, op: number): Value {
    let taints: readonly Taint[] = [];
    let masks = false;
    let known: string | undefined = '';
    for (const r of parts) {
      const v = this.registers[r] ?? EMPTY;
      // `head + '****' + tail`: the first sum is a mask already.
      if (v.mask || isMasked(v) || (opcode(this.fn, r) === Op.Const && operand(this.fn, r, 3) & ConstFlag.Mask && operand(this.fn, r, 1) === ConstKind.String)) masks = true;
      known = known !== undefined && v.text !== undefined ? known + v.text : undefined;
      const printed = this.printed(r, op);
      const own = printed ?? (v.taints.length === 0 ? EMPTY : isAccumulated(this.fn, op) ? gathered(v) : convert(v, Form.Text, 'own'));
      const values = v.fields?.get('0') || v.fields?.get(ELEMENT) ? convert(loadElements(v), Form.Text, 'own') : EMPTY;
      taints = mergeTaints(taints, mergeTaints(own.taints, values.taints));
    }
    taints = withoutTrimmings(taints);
    if (taints.length === 0) return masks ? MASK : known ? ofText(known) : EMPTY;
    if (masks && taints.every((t) => t.guards.some((g) => isPiece(g) || g.kind === 'mask'))) {
      taints = taints.map((t) => ({ ...t, guards: t.guards.map((g) => (isPiece(g) ? { ...g, kind: 'mask' as const, strength: g.strength === 'none' ? ('weak' as const) : ('strong' as const) } : g)) }));
    }
    return typedAsText(taints.map((t) => withTrace(t, step(t.trace, 'transform', this.fn, op, AS_TEXT))));
  }

  /** An object with a `toString` of its own is what that says. */
  private printed(r: number, op: number): Value | undefined {
    const { types } = this.engine;
    if (!types.printers.has('toString')) return undefined;
    const type = types.ofRegister(this.fn, r);
    const method = type.k === 'instance' ? types.methodOf(type.cls, 'toString', false) : undefined;
    return method && convert(this.printedBy(method, this.value(r), op), Form.Text, 'own');
  }

  /** What a method says that prints its object. */
  printedBy(method: Fn, self: Value, op: number): Value {
    // No call leads to it in sight, so its summary may not have been made yet.
    if (!this.engine.summaries.has(method.id)) {
      this.engine.summaries.set(method.id, NOTHING);
      this.engine.summaries.set(method.id, new Frame(this.engine, method).run());
    }
    return this.invoke(callable(method), [], self, op, [method.facts.n]).ret;
  }

  /* ---------- calls ---------- */

  argumentValues(op: number): readonly Value[] {
    const out: Value[] = [];
    for (const r of callArguments(this.fn, op)) {
      if (r >= 0) {
        out.push(this.registers[r] ?? EMPTY);
        continue;
      }
      const v = this.registers[~r] ?? EMPTY;
      const known = v.fields ? [...v.fields.keys()].filter((k) => /^\d+$/.test(k)).length : 0;
      if (known > 0 && v.taints.length === 0 && !v.fields?.has(ELEMENT)) for (let i = 0; i < known; i++) out.push(load(v, String(i)));
      else for (let i = 0; i < 3; i++) out.push(join(load(v, String(i)), v.fields?.get(ELEMENT) ?? load(v, ELEMENT)));
    }
    return out;
  }

  private call(op: number): Value {
    const { fn, engine } = this;
    const calleeRegister = operand(fn, op, 1);
    const isNew = opcode(fn, op) === Op.New;
    const args = this.argumentValues(op);
    const receiver = opcode(fn, calleeRegister) === Op.Load ? operand(fn, calleeRegister, 1) : -1;
    const resolved = engine.types.targets(fn, op);
    const special = receiver >= 0 && resolved.fns.length === 0 ? this.reflective(op, calleeRegister, receiver, args) : undefined;
    if (special !== undefined) return special;
    const callee = this.registers[calleeRegister] ?? EMPTY;
    const callables = resolved.fns.length > 0 ? resolved.fns.map((f): Callable => callee.calls?.find((c) => c.fn === f) ?? callable(f)) : (isNew ? [] : (callee.calls ?? []));
    if (resolved.fns.length === 0 && callables.length > 0) engine.count(fn, op, 'T2');
    if (callables.length > 0 && !engine.declaredOnly(resolved.fns)) {
      return this.callProject(op, callables, args, receiver, isNew);
    }
    if (opcode(fn, calleeRegister) === Op.Super && args[0] && engine.isErrorClass(this.ownClass())) this.storeAt({ base: THIS, path: ['message'] }, args[0]);
    if (isNew) {
      const promised = this.promised(op, calleeRegister, args);
      if (promised) return promised;
      const type = engine.types.ofRegister(fn, op);
      if (type.k === 'instance') {
        if (engine.isErrorClass(type.cls)) callLibrary(this, op, calleeRegister, receiver, args);
        return this.constructPlain(op, type.cls, args);
      }
    }
    if (callSetters(this, callee, args, op) && callee.taints.length === 1) return EMPTY;
    const composed = receiver < 0 && !isNew ? callComposed(this, op, calleeRegister, args) : undefined;
    if (composed !== undefined) return composed;
    const symbolic = callee.taints.filter((t) => isSymbolic(t.origin) && t.form === Form.Value && this.mayBeFunction(t, calleeRegister));
    const library = callLibrary(this, op, calleeRegister, receiver, args);
    if (symbolic.length > 0 && !library.known) {
      const origin = engine.callback(fn, op);
      // A closure that is handed on takes along what it captured here.
      this.callback({ origin, callee: ofTaints(symbolic), args: args.map((a) => (a.calls ? this.closeOver(a, this.state) : a)) });
      return join(ofOrigin(origin), library.value);
    }
    return library.value;
  }

  /** `new Promise((resolve, reject) => …)` is what `resolve` is called with. */
  private promised(op: number, callee: number, args: readonly Value[]): Value | undefined {
    const [executor] = args;
    if (!executor?.calls || opcode(this.fn, callee) !== Op.Global || text(this.fn.unit, operand(this.fn, callee, 1)) !== 'Promise') return undefined;
    const resolve = this.engine.settler(this.fn, op, 'resolve');
    const reject = this.engine.settler(this.fn, op, 'reject');
    this.settled.set(resolve.id, EMPTY);
    this.settled.set(reject.id, EMPTY);
    this.callFunction(executor, [ofOrigin(resolve), ofOrigin(reject)], op);
    const value = this.settled.get(resolve.id) ?? EMPTY;
    const rejection = this.settled.get(reject.id) ?? EMPTY;
    return isEmpty(rejection) ? value : store(value, REJECTION, rejection);
  }

  private ownClass(): Cls | undefined {
    const self = this.engine.types.thisOf(this.owner);
    return self.k === 'instance' ? self.cls : undefined;
  }

  /** A parameter that is called, or a member of one: not `user.email.trim()`, whose receiver is data. */
  private mayBeFunction(t: Taint, callee: number): boolean {
    if (t.origin.kind === 'this') return false;
    return opcode(this.fn, callee) !== Op.Load || pathLength(t.path) <= 2;
  }

  /** `f.call(self, a)`, `f.apply(self, args)`, `f.bind(self, a)`. */
  private reflective(op: number, callee: number, receiver: number, args: readonly Value[]): Value | undefined {
    const name = text(this.fn.unit, operand(this.fn, callee, 2));
    if (name !== 'call' && name !== 'apply' && name !== 'bind') return undefined;
    const type = this.engine.types.ofRegister(this.fn, receiver);
    const known = this.registers[receiver]?.calls;
    const targets: readonly Callable[] = known ?? (type.k === 'functions' ? type.fns.map(callable) : []);
    const [self = EMPTY, ...rest] = args;
    if (targets.length === 0) {
      // A bound method of a logger or another library object keeps its catalogue entries.
      if (name === 'bind') return undefined;
      const spreadArgs = name === 'apply' ? this.elementsOf(rest[0] ?? EMPTY) : rest;
      const owner = opcode(this.fn, receiver) === Op.Load ? operand(this.fn, receiver, 1) : -1;
      // `Array.prototype.slice.call(arguments)`: the method is borrowed, so what it works on is the first argument.
      const borrowed = owner >= 0 && (opcode(this.fn, owner) === Op.Array || this.calleeNames(owner).includes('prototype'));
      return callLibrary(this, op, receiver, borrowed ? (callArguments(this.fn, op)[0] ?? -1) : owner, spreadArgs).value;
    }
    if (name === 'bind') return ofCallables(targets.map((c) => ({ ...c, self: c.self ?? self, bound: [...c.bound, ...rest] })));
    const given = name === 'apply' ? this.elementsOf(rest[0] ?? EMPTY) : rest;
    let out = EMPTY;
    for (const c of targets) out = join(out, this.invoke(c, given, self, op, this.calleeNames(receiver)).ret);
    return out;
  }

  private elementsOf(v: Value): readonly Value[] {
    return [0, 1, 2, 3].map((i) => load(v, String(i)));
  }

  calleeNames(r: number): readonly string[] {
    return writtenChain(this.fn, r).filter((n) => n !== '()' && n !== '?' && n !== '[]');
  }

  private callProject(op: number, callables: readonly Callable[], args: readonly Value[], receiver: number, isNew: boolean): Value {
    const names = this.calleeNames(operand(this.fn, op, 1));
    const callee = operand(this.fn, op, 1);
    const isSuper = opcode(this.fn, callee) === Op.Super || (receiver >= 0 && opcode(this.fn, receiver) === Op.Super);
    let self = isNew ? EMPTY : isSuper ? this.selfValue() : receiver >= 0 ? (this.registers[receiver] ?? EMPTY) : EMPTY;
    let out = EMPTY;
    if (isNew) self = this.runFields(op);
    for (const callable of callables) {
      const done = isNew ? undefined : this.promisified(callable, args, op);
      const summary = callable.bound.length > 0 ? undefined : this.engine.specialiser?.summaryFor(callable.fn, { fn: this.fn, op, args, literals: this.literals, env: callable.env });
      const applied = this.invoke(callable, done ? [...args, ofOrigin(done)] : args, self, op, names, summary);
      if (done) out = join(out, this.settled.get(done.id) ?? EMPTY);
      if (isNew) {
        const made = applied.outs.get(THIS);
        const cls = this.engine.types.ofRegister(this.fn, op);
        out = join(out, { ...(made ? overlay(self, made) : self), fields: overlay(self, made ?? EMPTY).fields ?? new Map(), cls: cls.k === 'instance' ? cls.cls : undefined });
        applied.outs.forEach((v, i) => i !== THIS && this.mergeOut(i, v, op));
        continue;
      }
      out = join(out, callable.fn.facts.async && !isEmpty(applied.throws) ? store(applied.ret, REJECTION, applied.throws) : applied.ret);
      this.mergeOuts(applied.outs, isSuper ? -1 : receiver, callArguments(this.fn, op), isSuper);
    }
    const answer = isNew || isEmpty(out) ? undefined : this.engine.types.answered(this.fn, op);
    return answer ? answeredAs(out, awaited(answer)) : out;
  }

  /** `promisify(f)(x)`: the function calls a last parameter that was not given; what it hands over is the result. */
  private promisified(callable: Callable, args: readonly Value[], op: number): Origin | undefined {
    const last = callable.fn.facts.params.length - 1;
    if (last < 0 || args.length !== last || callable.bound.length > 0) return undefined;
    const calls = this.engine.summaries.get(callable.fn.id)?.callbacks ?? [];
    if (!calls.some((c) => c.callee.taints.some((t) => t.origin.kind === 'param' && t.origin.fn === callable.fn && t.origin.index === last && t.path === ''))) return undefined;
    const done = this.engine.settler(this.fn, op, 'resolve');
    this.settled.set(done.id, EMPTY);
    this.nodeStyle.add(done.id);
    return done;
  }

  /** Field initialisers of the class and its bases, before the constructor. */
  private runFields(op: number): Value {
    const type = this.engine.types.ofRegister(this.fn, op);
    if (type.k !== 'instance') return EMPTY;
    return this.fieldsOf(type.cls, op, 0);
  }

  private fieldsOf(cls: Cls, op: number, hops: number): Value {
    const base = hops < 6 ? this.engine.types.baseOf(cls) : undefined;
    let self = base ? this.fieldsOf(base, op, hops + 1) : EMPTY;
    if (cls.facts.fields >= 0) {
      const fields = this.engine.program.fnOf(cls.unit, cls.facts.fields);
      const { outs } = this.invoke(callable(fields), [], self, op, [cls.facts.n]);
      self = overlay(self, outs.get(THIS) ?? EMPTY);
    }
    return self;
  }

  /** `new Dto()` of a class without constructor. */
  private constructPlain(op: number, cls: Cls, args: readonly Value[]): Value {
    const made = this.fieldsOf(cls, op, 0);
    const self = this.engine.isErrorClass(cls) ? store(made, 'message', args[0] ?? EMPTY) : made;
    return { ...self, fields: self.fields ?? new Map(), cls };
  }

  invoke(callable: Callable, args: readonly Value[], self: Value, op: number, names: readonly string[], summary?: Summary): Applied {
    const place: Place = { fn: this.fn, op, argument: 0, callee: names.join('.'), hops: 0, settled: false };
    if (this.depth > MAX_CALL_DEPTH) {
      this.engine.limit('call-depth');
      return { ret: EMPTY, outs: new Map(), throws: EMPTY };
    }
    this.depth++;
    const endpoint = endpointOf(this, op);
    const applied = applySummary(this.engine, this, { callee: callable, args, self: callable.self ?? self, op, place, inline: this.isInline(callable.fn), ...(endpoint ? { endpoint } : {}), ...(summary ? { summary } : {}) });
    this.depth--;
    return applied;
  }

  private isInline(fn: Fn): boolean {
    for (let p = this.engine.program.parent(fn); p; p = this.engine.program.parent(p)) if (p === this.fn) return true;
    return false;
  }

  private mergeOuts(outs: ReadonlyMap<number, Value>, receiver: number, args: ArrayLike<number>, isSuper = false): void {
    for (const [index, v] of outs) {
      if (index === THIS) {
        const place = isSuper ? { base: THIS, path: [] } : receiver >= 0 ? this.placeOf(receiver) : undefined;
        if (place) this.overlayAt(place, v);
      } else {
        const r = args[index];
        const place = r !== undefined && r >= 0 ? this.placeOf(r) : undefined;
        if (place) this.overlayAt(place, v);
      }
    }
  }

  private mergeOut(index: number, v: Value, op: number): void {
    const r = callArguments(this.fn, op)[index];
    const place = r !== undefined && r >= 0 ? this.placeOf(r) : undefined;
    if (place) this.overlayAt(place, v);
  }

  private overlayAt(place: Place0, v: Value): void {
    for (const [key, field] of v.fields ?? []) this.storeAt({ base: place.base, path: [...place.path, key] }, field, key === ELEMENT);
  }

  private jsx(op: number, component: number, properties: Value, element: Cls | undefined): Value {
    if (element) for (const [key, value] of properties.fields ?? []) this.write(cellOfField(element.id, inputField(element, key)), [], value);
    if (component >= 0) {
      const type = this.engine.types.ofRegister(this.fn, component);
      const calls = this.registers[component]?.calls ?? (type.k === 'functions' ? type.fns.map(callable) : []);
      if (calls.length > 0) {
        let out = EMPTY;
        for (const c of calls) out = join(out, this.invoke(c, [properties], EMPTY, op, this.calleeNames(component)).ret);
        return EMPTY;
      }
      if (type.k === 'class') {
        this.write(cellOfField(type.cls.id, 'props'), [], properties);
        return EMPTY;
      }
      if (type.k === 'external') elementWrites(this, op, properties);
    }
    this.release(properties, op);
    return EMPTY;
  }

  /** `map.get('key')`, `row.getDataValue('column')`: a getter by constant key reads that entry only. */
  specialKey(op: number, place: CallPlace): Value | undefined {
    if (place.base !== 'this' || place.path.length !== 1 || place.path[0] !== ELEMENT) return undefined;
    const key = this.constantKeyOf(op, /^get/, 1);
    const callee = operand(this.fn, op, 1);
    return key === undefined ? undefined : loadEntry(this.registers[operand(this.fn, callee, 1)] ?? EMPTY, key);
  }

  /** `map.set('key', value)` writes that entry only. */
  outputKey(op: number, place: CallPlace): string | undefined {
    return place.base === 'this' && place.path[0] === ELEMENT ? this.constantKeyOf(op, /^set$/, 2) : undefined;
  }

  private constantKeyOf(op: number, method: RegExp, count: number): string | undefined {
    const callee = operand(this.fn, op, 1);
    if (opcode(this.fn, callee) !== Op.Load || !method.test(text(this.fn.unit, operand(this.fn, callee, 2)))) return undefined;
    const args = callArguments(this.fn, op);
    const [first = -1] = args;
    return args.length === count && first >= 0 ? this.keyText(first) : undefined;
  }

  /** Functions handed to code that is not visible are called with values nobody knows. */
  release(v: Value, op: number, depth = 0): Value {
    let out = EMPTY;
    for (const c of v.calls ?? []) out = join(out, this.invokeOpen(c, op));
    if (depth < 3) for (const [, field] of v.fields ?? []) if (field.calls || field.fields) this.release(field, op, depth + 1);
    return out;
  }

  invokeOpen(c: Callable, op: number): Value {
    const args = c.fn.facts.params.map((_, i) => ofOrigin(this.engine.openParam(c.fn, i)));
    return this.invoke(c, args, ofOrigin(this.engine.openSelf(c.fn)), op, ['callback']).ret;
  }

  /* ---------- Caller ---------- */

  variable(unit: number, v: number): Value | undefined {
    if (this.fn.unit.index !== unit || varField(this.fn.unit, v, VarField.Owner) !== this.fn.local) return undefined;
    return join(this.state.get(v) ?? EMPTY, this.shared.get(v) ?? EMPTY);
  }

  self(fn: Fn): Value | undefined {
    return fn === this.fn && this.owner === this.fn ? (this.state.get(THIS) ?? EMPTY) : undefined;
  }

  callFunction(callee: Value, args: readonly Value[], op: number): Value {
    let out = EMPTY;
    for (const c of callee.calls ?? []) out = join(out, this.invoke(c, args.map((v, i) => orParameter(this.engine, v, c.fn, i)), EMPTY, op, ['callback']).ret);
    return out;
  }

  /** Part of `Caller`: runs a function value that a callee received. */
  callValue(callee: Value, args: readonly Value[], op: number): Value | undefined {
    for (const t of callee.taints) {
      const held = this.settled.get(t.origin.id);
      if (t.path !== '' || held === undefined) continue;
      this.settled.set(t.origin.id, join(held, args[this.nodeStyle.has(t.origin.id) ? 1 : 0] ?? EMPTY));
      return EMPTY;
    }
    const isSet = callSetters(this, callee, args, op);
    return callee.calls && callee.calls.length > 0 ? this.callFunction(callee, args, op) : isSet ? EMPTY : undefined;
  }

  sink(effect: SinkEffect): void {
    const { taint, use, place } = effect;
    const key = `${use.catalog}:${use.channel}:${use.fn.id}:${use.op}:${use.argument}@${place.fn.id}:${place.op}|${taintKey(taint)}`;
    if (!isSymbolic(taint.origin)) {
      if (this.literals.size === 0) this.engine.hit(effect, key);
      return;
    }
    if (this.sinks.has(key)) return;
    if (this.sinks.size >= MAX_EFFECTS) {
      this.engine.limit('summary-sinks');
      return;
    }
    this.sinks.set(key, { ...effect, place: this.settle(place, taint) });
  }

  /** The place stays here when this function can see what the value is, or when three calls lie behind. */
  private settle(place: Place, taint: Taint): Place {
    if (place.settled) return place;
    if (place.hops >= 3) return { ...place, settled: true };
    const open = taint.origin.kind === 'param' ? this.engine.openParam(taint.origin.fn, taint.origin.index) : taint.origin.kind === 'this' ? this.engine.openSelf(taint.origin.fn) : undefined;
    if (!open) return place;
    const { claims } = this.engine.classifier.classify({ ...taint, origin: open, hint: undefined });
    return claims.some((c) => c.confidence !== 'low') ? { ...place, settled: true } : place;
  }

  write(key: string, path: readonly string[], value: Value): void {
    const owned = this.ownedCapture(key);
    if (owned !== undefined) {
      this.shared.set(owned, storePath(this.shared.get(owned) ?? EMPTY, path, value, true));
      return;
    }
    if (this.ownState.has(key)) {
      const own = mapTaints(value, (t) => (this.isGiven(t.origin) ? t : undefined));
      if (holdsData(own)) this.giving.set(key, bounded(storePath(this.giving.get(key) ?? EMPTY, path, own, true), () => this.engine.limit('value-size')));
      this.writeOut(key, path, mapTaints(value, (t) => (this.isGiven(t.origin) ? undefined : t)));
    } else this.writeOut(key, path, value);
  }

  private isGiven(origin: Origin): boolean {
    return (origin.kind === 'param' || origin.kind === 'this') && origin.fn === this.fn;
  }

  private writeOut(key: string, path: readonly string[], value: Value): void {
    // What a test puts into a cell is made up.
    if (this.fn.unit.test && isNamedCell(key)) return;
    const kept = bounded(value, () => this.engine.limit('value-size'), isCellOfVariable(key) ? MODULE_BOUNDS : undefined);
    const symbolic = flatten(kept).some((t) => isSymbolic(t.origin));
    const carried = key.startsWith('c') || isOfReceiver(key);
    if (symbolic || carried) {
      const id = `${key}/${path.join('/')}`;
      const known = this.writes.get(id);
      if (known) this.writes.set(id, { key, path, value: bounded(join(known.value, kept), () => this.engine.limit('value-size')) });
      else if (this.writes.size < MAX_WRITES) this.writes.set(id, { key, path, value: kept });
      else this.engine.limit('summary-writes');
    }
    if (!carried && this.literals.size === 0) this.engine.write(key, path, mapTaints(kept, (t) => (isSymbolic(t.origin) ? undefined : t)));
  }

  private ownedCapture(key: string): number | undefined {
    if (!key.startsWith('c')) return undefined;
    const [unit, v] = key.slice(2).split(':').map(Number);
    if (unit === undefined || v === undefined || unit !== this.fn.unit.index) return undefined;
    return varField(this.fn.unit, v, VarField.Owner) === this.fn.local ? v : undefined;
  }

  callback(effect: CallbackEffect): void {
    const key = `${effect.origin.id}|${effect.callee.taints.map(taintKey).join()}`;
    const known = this.callbacks.get(key);
    if (known) this.callbacks.set(key, { ...effect, args: effect.args.map((a, i) => bounded(join(a, known.args[i] ?? EMPTY), () => this.engine.limit('value-size'))) });
    else if (this.callbacks.size < MAX_CALLBACKS) this.callbacks.set(key, { ...effect, args: effect.args.map((a) => bounded(a, () => this.engine.limit('value-size'))) });
    else this.engine.limit('summary-callbacks');
  }

  spend(work: number): boolean {
    this.spent += work;
    if (this.spent <= this.maxWork) return true;
    if (!this.exhausted) this.engine.limit('function-work');
    this.exhausted = true;
    return false;
  }

  throws(value: Value): void {
    const top = this.throwing.length - 1;
    this.throwing[top] = join(this.throwing[top] ?? EMPTY, value);
  }
}

/** Members written by a callee over what the object held. */
function overlay(base: Value, written: Value): Value {
  let out = base;
  for (const [key, field] of written.fields ?? []) out = key === ELEMENT ? storeWeak(out, key, field) : store(out, key, field);
  return out;
}

const isWhole = (place: CallPlace, base: CallPlace['base']): boolean => place.base === base && place.path.length === 0 && place.callback === undefined && !place.open;

/** The texts that a value of a literal type can be: `'id' | 'currency'`. */
function literalWords(type: StaticType): readonly string[] {
  const words = alternatives(type).map((t) => (t.k === 'primitive' && t.n.startsWith('"') && t.n !== '"number"' && t.n !== '"string"' ? t.n.slice(1, -1) : undefined));
  return words.every((w) => w !== undefined) ? words : [];
}

const isMasked = (v: Value): boolean => v.taints.length > 0 && v.taints.every((t) => t.form === Form.Text && t.guards.some((g) => g.kind === 'mask'));

/** `iv`, `salt`, `authTag`: never the thing that they are kept with. */
const isTrimming = ({ alias }: Taint): boolean => alias !== undefined && /^(?:iv|nonce|salt|\w*[tT]ag|cipher\w*)$/.test(alias);

/** What stands beside a ciphertext in one text is its vector, salt and tag. */
function withoutTrimmings(taints: readonly Taint[]): readonly Taint[] {
  const isCipher = (t: Taint): boolean => t.guards.some((g) => g.kind === 'encrypt');
  return taints.some(isCipher) ? taints.filter((t) => isCipher(t) || t.hint !== undefined || t.origin.kind !== 'opaque' || t.origin.why !== 'result') : taints;
}

const isText = (type: StaticType): boolean => type.k === 'primitive' && type.n === 'string';

/** What a function captured, of what its maker holds. */
function captured(fn: Fn, env: Held): ReadonlyMap<number, Value> {
  const out = new Map<number, Value>();
  for (const v of fn.facts.captures) {
    const value = env.get(v);
    if (value !== undefined) out.set(v, value);
  }
  return out;
}

const captureKey = (unit: number, v: number): string => `c:${unit}:${v}`;

const readPath = (value: Value, path: readonly string[]): Value => path.reduce((v, key) => load(v, key), value);

function restOf(v: Value, from: number): Value {
  if (isEmpty(v)) return v;
  let out = ofTaints(v.taints);
  for (const [key, field] of v.fields ?? []) {
    const n = Number(key);
    if (!Number.isInteger(n)) out = store(out, key, field);
    else if (n >= from) out = store(out, String(n - from), field);
  }
  return out;
}

/** Takes back what a test said of variables that neither side has changed. */
function restore(before: State, sides: readonly (readonly [State | undefined, ReadonlyMap<number, Value>])[]): void {
  if (sides.every(([, held]) => held.size === 0)) return;
  for (const v of new Set(sides.flatMap(([, held]) => [...held.keys()]))) {
    const was = before.get(v) ?? EMPTY;
    if (sides.every(([state, held]) => state?.get(v) === (held.get(v) ?? was))) for (const [state] of sides) state?.set(v, was);
  }
}

function joinStates(states: readonly State[]): State | undefined {
  const [first] = states;
  if (first === undefined || states.length === 1) return first;
  const out = first.fork();
  for (const s of states) {
    if (s.isSame(out)) continue;
    s.forEach((value, v) => {
      const held = out.get(v);
      if (held !== value) out.set(v, held === undefined ? value : join(held, value));
    });
  }
  return out;
}

function sameState(a: State, b: State): boolean {
  if (a.isSame(b)) return true;
  if (a.size !== b.size) return false;
  let same = true;
  a.forEach((value, v) => {
    const other = b.get(v);
    if (other === value) return;
    if (other === undefined || other.taints.length !== value.taints.length || other.fields?.size !== value.fields?.size || other.calls?.length !== value.calls?.length) same = false;
  });
  return same;
}

const NOTHING_GIVEN: ReadonlyMap<string, Value> = new Map();
const NOTHING_PUT: ReadonlyMap<number, Value> = new Map();

/** A constant as `constantWord` writes it: only a text is of use as a value. */
const literalValue = (word: string): Value => (word.startsWith('"') ? ofText(word.slice(1, -1)) : EMPTY);

const AS_TEXT: readonly string[] = ['text'];
const GLOBAL_SOURCES = new Set(['process.env', 'window.location', 'location', 'document', 'navigator', 'wx', 'localStorage', 'sessionStorage', 'import.meta.env', 'process.argv']);
