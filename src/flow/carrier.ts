// Function values that have to be called, followed forwards from where they are named or made to where they are called, handed
// over or kept.
import { Op, PropertyKind, VarField } from '#model/facts';
import { isMutator, SELF } from './changes.ts';
import { smallInteger } from './constant-texts.ts';
import { rootOf } from './operands.ts';
import type { Fn, Unit } from './program.ts';
import { argument, argumentCount, list, opcode, operand, text, varField } from './program.ts';
import { Mark, Need, type NeedCode, type Slice } from './slice.ts';
import type { At } from './survey.ts';
import { ELEMENT } from './value.ts';
import { Way } from './way.ts';

/** What is asked of the rest of the program on the way. */
export interface Holder {
  /** A closure has to be called in a function around it. */
  calledWithin(fn: Fn, owner: Fn): void;
  /** What a call passes for a parameter, or what it is called on (-1). */
  argument(fn: Fn, op: number, index: number, need: NeedCode): void;
}

export class Carrier {
  /** The function itself: to be called with arguments that count, and without. */
  readonly withArguments: Way;
  readonly alone: Way;
  private readonly slice: Slice;
  private readonly holder: Holder;
  /** By function and register: what it holds that has to be called. */
  private readonly carried: (Map<number, Way[]> | undefined)[] = [];

  constructor(slice: Slice, holder: Holder) {
    this.slice = slice;
    this.holder = holder;
    ({ withArguments: this.withArguments, alone: this.alone } = Way.roots());
  }

  /** Follows a function that has to be called to where it is called, handed over or kept. */
  carry(fn: Fn, r: number, way: Way | undefined): void {
    if (!way) return;
    const carried = (this.carried[fn.id] ??= new Map());
    const known = carried.get(r);
    if (known === undefined) carried.set(r, [way]);
    else if (known.includes(way)) return;
    else if (known.length < MAX_WAYS) known.push(way);
    else {
      this.slice.engine.limit('function-ways');
      return;
    }
    this.slice.evaluated(fn, r);
    this.slice.later(() => {
      const { start, ops } = this.slice.consumersIn(fn);
      for (let i = start[r] ?? 0; i < (start[r + 1] ?? 0); i++) this.carryInto(fn, r, ops[i] ?? 0, way);
    });
  }

  /** Who calls the setters that a call yields, or hands to a function of its own, writes the cell that it reads. */
  setters({ fn, op }: At): void {
    for (const place of this.slice.cells.settersOf(fn, op)) {
      if (place.base === 'return') this.carryMember(fn, op, place.path[0] ?? '');
      else if (place.callback?.kind === 'param') for (const at of this.slice.cells.readsOfParameter(fn, op, place, this.slice.index(fn.unit))) this.carry(at.fn, at.op, this.withArguments);
    }
  }

  /** A setter that a call yields as a member of its result: who calls it writes the cell that the call reads. */
  private carryMember(fn: Fn, r: number, member: string): void {
    if (member === '') {
      this.carry(fn, r, this.withArguments);
      return;
    }
    const { start, ops } = this.slice.consumersIn(fn);
    for (let i = start[r] ?? 0; i < (start[r + 1] ?? 0); i++) {
      const op = ops[i] ?? 0;
      const code = opcode(fn, op);
      if (code === Op.SetVar) this.slice.index(fn.unit).reads.each(operand(fn, op, 1), (at, read) => this.carryMember(at, read, member));
      else if (memberName(fn, op) === member) this.carry(fn, op, this.withArguments);
    }
  }

  private carryInto(fn: Fn, r: number, op: number, way: Way): void {
    switch (opcode(fn, op)) {
      case Op.SetVar: {
        this.slice.evaluated(fn, op);
        this.carryReads(fn.unit, operand(fn, op, 1), way);
        break;
      }
      case Op.Call: case Op.New: this.carryIntoCall(fn, r, op, way); break;
      case Op.Jsx: {
        if (operand(fn, op, 1) === r) break;
        const targets = this.slice.program.targets(fn, op);
        this.usedIn(fn, r);
        // A handler of markup, or of a component out of the project, is called with nothing that is in sight.
        this.slice.evaluated(fn, op);
        for (const f of targets) this.give(f, 0, way);
        this.carryIntoCells(fn, op, way);
        break;
      }
      case Op.Return: case Op.Yield: {
        this.slice.evaluated(fn, op);
        for (const at of this.slice.survey.calls[fn.id] ?? []) if (opcode(at.fn, at.op) === Op.Call && this.slice.concerns(fn, at)) this.carry(at.fn, at.op, way);
        // `create((set) => ({ save }))`: a library calls the function and hands out what it returns.
        if ((this.slice.survey.calls[fn.id] ?? []).length === 0) for (const at of this.slice.survey.mentions[fn.id] ?? []) if (this.slice.concerns(fn, at)) this.carry(at.fn, at.op, way);
        break;
      }
      case Op.Store: case Op.StoreElem: {
        if (operand(fn, op, 3) !== r) break;
        if (this.slice.survey.matches(fn, op)) this.slice.run(fn, op, true);
        else this.slice.evaluated(fn, op);
        this.usedIn(fn, r);
        this.keep(fn, operand(fn, op, 1), way.below(opcode(fn, op) === Op.Store ? text(fn.unit, operand(fn, op, 2)) : ELEMENT));
        break;
      }
      case Op.Object: {
        const items = list(fn.unit, operand(fn, op, 2));
        for (let i = 0; i < items.length; i += 3) {
          if (items[i + 2] !== r) continue;
          this.carry(fn, op, items[i] === PropertyKind.Spread ? way : way.below(items[i] === PropertyKind.Computed ? ELEMENT : text(fn.unit, items[i + 1] ?? -1)));
        }
        break;
      }
      case Op.Array: this.carry(fn, op, way.below(ELEMENT)); break;
      case Op.Load: {
        const key = text(fn.unit, operand(fn, op, 2));
        if (way.isFunction) {
          if (isReflective(key)) this.carry(fn, op, way);
          break;
        }
        const inner = way.member(key);
        if (inner) this.carry(fn, op, inner);
        else this.carryThroughMethod(fn, op, way);
        break;
      }
      case Op.Elem: case Op.Iterate: if (operand(fn, op, 1) === r) this.carry(fn, op, way.inside()); break;
      case Op.Join: case Op.Cast: case Op.Await: case Op.Rest: case Op.RestArray: this.carry(fn, op, way); break;
      default: break;
    }
  }

  private carryIntoCall(fn: Fn, r: number, op: number, way: Way): void {
    const targets = this.slice.program.targets(fn, op);
    const isCallee = operand(fn, op, 1) === r;
    // A call of it is known as one.
    if (isCallee && targets.length > 0) return;
    this.usedIn(fn, r);
    // `useStore((state) => state.save)`: a store that is called gives what it holds, or a part of that.
    if (isCallee && !way.isFunction) {
      this.slice.evaluated(fn, op);
      this.carry(fn, op, way);
      this.carry(fn, op, way.root());
      return;
    }
    this.carryIntoCells(fn, op, way);
    if (targets.length === 0) {
      // Called by what it is given to, it gets what the catalogue says; called here, whatever stands here.
      if (!way.takes) this.slice.evaluated(fn, op);
      else if (isCallee) this.slice.run(fn, op, true);
      else if (this.slice.program.callsBack(fn, op)) this.slice.mark(fn, op, Mark.Run | Mark.Effect);
      else {
        this.slice.evaluated(fn, op);
        // `pending.catch(f)`
        this.holder.argument(fn, op, SELF, Need.Effect);
      }
      // `useCallback(f)`, `f.bind(x)`: the result may be the function again.
      this.carry(fn, op, way);
      const callee = operand(fn, op, 1);
      if (!isCallee && opcode(fn, callee) === Op.Load && isMutator(text(fn.unit, operand(fn, callee, 2)))) this.keep(fn, operand(fn, callee, 1), way.below(ELEMENT));
      return;
    }
    this.slice.run(fn, op, false);
    for (let i = 0, n = argumentCount(fn, op); i < n; i++) {
      const given = argument(fn, op, i);
      if (given === r) for (const f of targets) this.give(f, i, way);
      else if (given === ~r) for (const f of targets) this.give(f, EVERY, way.inside());
    }
  }

  /** What writes a cell with a function: who reads the cell gets it, whole or the part that the cell keeps. */
  private carryIntoCells(fn: Fn, op: number, way: Way): void {
    for (const at of this.slice.cells.readersOf(fn, op)) {
      this.carry(at.fn, at.op, way);
      this.carry(at.fn, at.op, way.inside());
      this.carry(at.fn, at.op, way.root());
    }
  }

  /** `handlers.forEach((handle) => handle(order))`, `handlers.get(key)`: a method of what holds the function. */
  private carryThroughMethod(fn: Fn, callee: number, way: Way): void {
    const { start, ops } = this.slice.consumersIn(fn);
    for (let i = start[callee] ?? 0; i < (start[callee + 1] ?? 0); i++) {
      const op = ops[i] ?? 0;
      if (opcode(fn, op) !== Op.Call || operand(fn, op, 1) !== callee || this.slice.program.targets(fn, op).length > 0) continue;
      this.usedIn(fn, callee);
      this.slice.evaluated(fn, callee);
      this.slice.evaluated(fn, op);
      for (let at = 0, n = argumentCount(fn, op); at < n; at++) {
        const given = argument(fn, op, at);
        if (given < 0) continue;
        this.slice.value(fn, given, Need.Call);
        for (const f of opcode(fn, given) === Op.Closure ? [this.slice.engine.program.fnOf(fn.unit, operand(fn, given, 1))] : this.slice.program.named(fn, given)) this.give(f, EVERY, way.inside());
      }
      this.carry(fn, op, way);
      this.carry(fn, op, way.inside());
    }
  }

  /** A function is put below what a register holds. */
  private keep(fn: Fn, r: number, way: Way | undefined): void {
    const root = rootOf(fn, r);
    if (root < 0) return;
    let whole = way;
    for (let at = r; opcode(fn, at) !== Op.GetVar; at = operand(fn, at, 1)) {
      if (opcode(fn, at) === Op.Load) whole = whole?.below(text(fn.unit, operand(fn, at, 2)));
      else if (opcode(fn, at) === Op.Elem) whole = whole?.below(ELEMENT);
      else if (opcode(fn, at) === Op.Call) return;
    }
    this.carryReads(fn.unit, root, whole);
  }

  private carryReads(unit: Unit, v: number, way: Way | undefined): void {
    if (way) this.slice.index(unit).reads.each(v, (at, read) => this.carry(at, read, way));
  }

  /** A function gets, for one of its parameters, what holds a function that has to be called. */
  give(fn: Fn, index: number, way: Way | undefined): void {
    if (!way) return;
    const { params } = fn.facts;
    params.forEach((p, i) => {
      if (i === index || index === EVERY) this.carryReads(fn.unit, p.v, p.rest ? way.below(ELEMENT) : way);
      else if (p.rest && i < index) this.carryReads(fn.unit, p.v, way.below(ELEMENT));
    });
    if (index >= params.length && params.at(-1)?.rest !== true) for (let op = 0; op < fn.count; op++) if (opcode(fn, op) === Op.Arguments) this.carry(fn, op, way.below(ELEMENT));
  }

  /** What carries a function is used here: a closure that has it from a function around it has to be called in that one. */
  private usedIn(fn: Fn, r: number): void {
    const root = rootOf(fn, r);
    const owner = root >= 0 ? varField(fn.unit, root, VarField.Owner) : 0;
    if (owner !== 0 && owner !== fn.local) this.holder.calledWithin(fn, this.slice.engine.program.fnOf(fn.unit, owner));
  }
}

/** The constant member that a Load or Elem reads. */
function memberName(fn: Fn, op: number): string | undefined {
  switch (opcode(fn, op)) {
    case Op.Load: return text(fn.unit, operand(fn, op, 2));
    case Op.Elem: return smallInteger(fn, operand(fn, op, 2))?.toString();
    default: return undefined;
  }
}

/** Members under which one register is known to hold functions that have to be called. */
const MAX_WAYS = 64;
/** Stands for any parameter: a list is spread over them. */
const EVERY = 62;

const isReflective = (method: string): boolean => method === 'call' || method === 'apply' || method === 'bind';
