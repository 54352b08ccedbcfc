// Lists of constant names at module level that nothing in sight changes: `const LOGGED = ['id', 'currency']`. Their elements are
// these names and nothing else, which tells which members `object[name]` can read.
import { ConstKind, Op, VarField } from '#model/facts';
import type { Fn, Program } from './program.ts';
import { list, opcode, operand, text, varField } from './program.ts';
import type { StaticType } from './static-type.ts';
import { unionOf } from './static-type.ts';
import type { Symbols } from './symbols.ts';

const MAX_NAMES = 16;
const CHANGES = new Set(['push', 'unshift', 'splice', 'fill', 'copyWithin']);

export class ConstantLists {
  private readonly program: Program;
  private readonly symbols: Symbols;
  private changed: ReadonlySet<string> | undefined;

  constructor(program: Program, symbols: Symbols) {
    this.program = program;
    this.symbols = symbols;
  }

  /** The type of an array literal when it is such a list. */
  typeOf(fn: Fn, op: number): StaticType | undefined {
    if (fn.facts.kind !== 'module') return undefined;
    const parts = [...list(fn.unit, operand(fn, op, 2))];
    if (parts.length === 0 || parts.length > MAX_NAMES) return undefined;
    const names: string[] = [];
    for (const r of parts) {
      if (r < 0 || opcode(fn, r) !== Op.Const || operand(fn, r, 1) !== ConstKind.String || operand(fn, r, 2) < 0) return undefined;
      names.push(text(fn.unit, operand(fn, r, 2)));
    }
    this.changed ??= this.collect();
    if (this.changed.has(`${fn.unit.index}:${op}`)) return undefined;
    return { k: 'list', of: unionOf(names.map((n) => ({ k: 'primitive', n: `"${n}"` }))) };
  }

  /** Lists that are written to, as `unit:operation` of their literal. */
  private collect(): ReadonlySet<string> {
    const found = new Set<string>();
    for (const fn of this.program.fns) {
      for (let op = 0; op < fn.count; op++) {
        const code = opcode(fn, op);
        const writes = code === Op.Store || code === Op.StoreElem || (code === Op.Load && CHANGES.has(text(fn.unit, operand(fn, op, 2))));
        const literal = writes ? this.literalOf(fn, operand(fn, op, 1)) : undefined;
        if (literal !== undefined) found.add(literal);
      }
    }
    return found;
  }

  private literalOf(fn: Fn, r: number): string | undefined {
    const symbol = r >= 0 && opcode(fn, r) === Op.GetVar ? this.symbols.variable(fn.unit, operand(fn, r, 1)) : undefined;
    if (symbol?.kind !== 'variable') return undefined;
    const op = varField(symbol.unit, symbol.v, VarField.Init);
    return op < 0 ? undefined : `${symbol.unit.index}:${op}`;
  }
}
