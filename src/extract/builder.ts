// Growing buffers for the facts of one file: strings, variables, operations. Knows the IR, nothing of TypeScript's trees.
import type { ClassFacts, ExportFacts, FunctionFacts, ImportFacts, OpCode, TypeDeclFacts, TypeExpr } from '#model/facts';
import { Op, OP_WIDTH, VAR_WIDTH, VarField, VarFlag } from '#model/facts';
import { giveBack, type IntBuffer, takeBuffer } from './buffer.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type FunctionDraft = Mutable<Omit<FunctionFacts, 'captures' | 'first' | 'count'>>;

interface JumpTarget {
  readonly op: number;
  readonly label: string | undefined;
  readonly loop: boolean;
  readonly plain: boolean;
}

/** The operations of one function while they are written. */
export class FunctionBuilder {
  readonly index: number;
  readonly draft: FunctionDraft;
  readonly code: IntBuffer = takeBuffer();
  readonly pos: IntBuffer = takeBuffer();
  captures: Set<number> | undefined;
  /** Targets of `break` and `continue`, innermost last. */
  readonly targets: JumpTarget[] = [];
  /** Place in the code of the file, once the function is complete. */
  first = 0;
  count = 0;

  constructor(index: number, draft: FunctionDraft) {
    this.index = index;
    this.draft = draft;
  }

  get next(): number {
    return this.code.length / OP_WIDTH;
  }

  emit(op: OpCode, a: number, b: number, c: number, start: number, end: number): number {
    const register = this.code.length / OP_WIDTH;
    this.code.push4(op, a, b, c);
    this.pos.push2(start, end);
    return register;
  }

  patch(register: number, operand: 'a' | 'b' | 'c', value: number): void {
    this.code.set(register * OP_WIDTH + (operand === 'a' ? 1 : operand === 'b' ? 2 : 3), value);
  }

  opcode(register: number): number {
    return this.code.at(register * OP_WIDTH) ?? -1;
  }

  operand(register: number, n: 1 | 2 | 3): number {
    return this.code.at(register * OP_WIDTH + n) ?? -1;
  }
}

export class FileBuilder {
  readonly strings: string[] = [];
  readonly code = takeBuffer();
  readonly pos = takeBuffer();
  readonly extra = takeBuffer();
  readonly vars = takeBuffer();
  readonly types: TypeExpr[] = [];
  readonly functions: FunctionBuilder[] = [];
  readonly classes: Mutable<ClassFacts>[] = [];
  readonly typeDecls: TypeDeclFacts[] = [];
  readonly imports: ImportFacts[] = [];
  readonly exports: ExportFacts[] = [];
  private readonly stringIds = new Map<string, number>();

  string(text: string): number {
    const known = this.stringIds.get(text);
    if (known !== undefined) return known;
    const id = this.strings.length;
    this.strings.push(text);
    this.stringIds.set(text, id);
    return id;
  }

  list(items: readonly number[]): number {
    const at = this.extra.length;
    this.extra.push(items.length);
    for (let i = 0; i < items.length; i += 1) this.extra.push(items[i] ?? 0);
    return at;
  }

  type(type: TypeExpr | undefined): number {
    if (type === undefined) return -1;
    this.types.push(type);
    return this.types.length - 1;
  }

  variable(name: string, owner: number, kind: number, start: number, type: TypeExpr | undefined, ref = -1, flags = 0): number {
    const index = this.vars.length / VAR_WIDTH;
    this.vars.push4(this.string(name), owner, kind, this.type(type));
    this.vars.push4(start, -1, ref, flags);
    return index;
  }

  varField(variable: number, field: number): number {
    return this.vars.at(variable * VAR_WIDTH + field) ?? -1;
  }

  setVarField(variable: number, field: number, value: number): void {
    this.vars.set(variable * VAR_WIDTH + field, value);
  }

  /** Notes that `by` reads `variable`; every function between it and the owner captures it too. */
  capture(variable: number, by: number): void {
    const owner = this.varField(variable, VarField.Owner);
    if (owner === by) return;
    for (let f = by; f !== owner && f > 0; ) {
      const fn = this.functions[f];
      if (fn === undefined || fn.captures?.has(variable)) return;
      (fn.captures ??= new Set()).add(variable);
      f = fn.draft.parent;
    }
    this.flag(variable, VarFlag.Captured);
  }

  flag(variable: number, flag: number): void {
    this.setVarField(variable, VarField.Flags, this.varField(variable, VarField.Flags) | flag);
  }

  /** Notes an assignment; the first one, made by the owner, is remembered as the only definition until a second comes. */
  assigned(variable: number, by: FunctionBuilder, value: number, declaration: boolean): void {
    const owner = this.varField(variable, VarField.Owner);
    const flags = this.varField(variable, VarField.Flags);
    if (owner !== by.index) this.flag(variable, VarFlag.WrittenInClosure | VarFlag.Reassigned);
    else if (this.varField(variable, VarField.Init) >= 0 || !declaration) this.flag(variable, VarFlag.Reassigned);
    else if ((flags & VarFlag.Reassigned) === 0) this.setVarField(variable, VarField.Init, value);
  }

  isAssigned(variable: number): boolean {
    return this.varField(variable, VarField.Init) >= 0 || (this.varField(variable, VarField.Flags) & VarFlag.Reassigned) !== 0;
  }

  newFunction(draft: FunctionDraft): FunctionBuilder {
    const fn = new FunctionBuilder(this.functions.length, draft);
    this.functions.push(fn);
    return fn;
  }

  /** No operation is added to the function after this. */
  complete(fn: FunctionBuilder): void {
    fn.first = this.code.length / OP_WIDTH;
    fn.count = fn.code.length / OP_WIDTH;
    this.code.append(fn.code);
    this.pos.append(fn.pos);
    giveBack(fn.code);
    giveBack(fn.pos);
  }

  /** Nothing is added to the file after this. */
  release(): void {
    for (const buffer of [this.code, this.pos, this.extra, this.vars]) giveBack(buffer);
  }
}

/** Whether the last operation already leaves the straight line, so that nothing after it runs. */
export const leaves = (fn: FunctionBuilder): boolean => {
  const op = fn.opcode(fn.next - 1);
  return op === Op.Return || op === Op.Throw || op === Op.Break || op === Op.Continue;
};

