// Code that runs in development or tests only: below `process.env.NODE_ENV !== 'production'`, `import.meta.env.DEV`, `__DEV__`, a
// flag of that name. A condition is read as it turns out in production; what is not reached there is told to the policies.
import { BinaryKind, Op, VarField, VarFlag } from '#model/facts';
import { writtenChain } from './callee.ts';
import { constantCondition, logicalParts, NO_LITERALS } from './conditions.ts';
import type { Engine } from './engine.ts';
import { literalMember } from './literals.ts';
import { argumentCount, callArguments, type Fn, opcode, operand, startOfOp, text, varField, varName } from './program.ts';

const MAX_DEPTH = 8;

/** The name of the environment: `NODE_ENV`, `env`, `config.environment`. */
const MODE = /^(?:(?:node|app|application|deploy(?:ment)?|vue_app|vite|vercel|next_public|react_app)_?env(?:ironment)?|env|environment|mode|env_?name)$/i;
const DEVELOPMENT = /^(?:dev|develop|development|test|tests|testing|unittest|e2e|ci|local|localhost|storybook)$/i;
const PRODUCTION = /^(?:prod|production|live|release)$/i;

/** Flags that say it on any object, and those that do only on settings. */
const DEVELOPMENT_FLAG = /^(?:__DEV__|_?is_?(?:in_?)?(?:dev|development|local_?dev|dev_?mode|dev_?env|development_?mode)|dev_?mode|isTestEnv(?:ironment)?|ngDevMode)$/i;
const PRODUCTION_FLAG = /^(?:__PROD__|_?is_?(?:in_?)?(?:prod|production|prod_?env|production_?mode)|prod_?mode)$/i;
const SETTING_DEVELOPMENT = /^(?:DEV|dev|development|isTest|isLocal)$/;
const SETTING_PRODUCTION = /^(?:PROD|prod|production)$/;
const SETTINGS = /^(?:env|environment|config(?:uration)?|settings|options|process|app|nuxt)$|(?:Env|Environment|Config|Settings)(?:Service)?$|\.meta$/;

interface Range {
  readonly from: number;
  readonly to: number;
}

const NOWHERE: readonly Range[] = [];

export class Development {
  private readonly engine: Engine;
  private readonly ranges = new Map<number, readonly Range[]>();

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** Whether an operation, or a function around it, is not reached in production. */
  holds(fn: Fn, op: number): boolean {
    if (this.rangesOf(fn).some((r) => r.from <= op && op < r.to)) return true;
    const { program } = this.engine;
    for (let f = fn, parent = program.parent(fn); parent; f = parent, parent = program.parent(parent)) {
      const { start } = f.facts;
      for (const r of this.rangesOf(parent)) if (startOfOp(parent, r.from) <= start && start < endOf(parent, r)) return true;
    }
    return false;
  }

  private rangesOf(fn: Fn): readonly Range[] {
    let found = this.ranges.get(fn.id);
    if (!found) {
      const out: Range[] = [];
      this.walk(fn, 0, fn.count, out);
      this.ranges.set(fn.id, (found = out.length > 0 ? out : NOWHERE));
    }
    return found;
  }

  /** Collects what is not reached; false when production does not get to the end. */
  private walk(fn: Fn, from: number, to: number, out: Range[]): boolean {
    let op = from;
    while (op < to) {
      switch (opcode(fn, op)) {
        case Op.If: {
          const end = operand(fn, op, 3);
          const through = this.branch(fn, op, out);
          if (!through) {
            if (end < to) out.push({ from: end, to });
            return false;
          }
          op = end;
          break;
        }
        case Op.Loop: case Op.Block: {
          const end = operand(fn, op, 2);
          this.walk(fn, op + 1, end, out);
          op = end;
          break;
        }
        case Op.Try: {
          const [catchAt, finallyAt, end] = [operand(fn, op, 1), operand(fn, op, 2), operand(fn, op, 3)];
          this.walk(fn, op + 1, catchAt, out);
          this.walk(fn, catchAt, finallyAt, out);
          this.walk(fn, finallyAt, end, out);
          op = end;
          break;
        }
        case Op.Return: case Op.Throw: return false;
        default: op++;
      }
    }
    return true;
  }

  /** Only a test of the environment ends the way; where both sides return nothing comes after them anyway. */
  private branch(fn: Fn, op: number, out: Range[]): boolean {
    const [condition, elseAt, end] = [operand(fn, op, 1), operand(fn, op, 2), operand(fn, op, 3)];
    const verdict = this.inProduction(fn, condition, 0);
    if (verdict === false) out.push({ from: op + 1, to: elseAt });
    if (verdict === true && elseAt < end) out.push({ from: elseAt, to: end });
    const yes = verdict === false || this.walk(fn, op + 1, elseAt, out);
    const no = verdict === true || this.walk(fn, elseAt, end, out);
    return verdict === undefined || (verdict ? yes : no);
  }

  /** What a condition is in production; undefined when the environment does not decide it. */
  private inProduction(fn: Fn, r: number, depth: number): boolean | undefined {
    if (depth > MAX_DEPTH || r < 0) return undefined;
    switch (opcode(fn, r)) {
      case Op.Cast: return this.inProduction(fn, operand(fn, r, 1), depth + 1);
      case Op.Unary: {
        const value = this.inProduction(fn, operand(fn, r, 2), depth + 1);
        return value === undefined || operand(fn, r, 1) !== 0 ? undefined : !value;
      }
      case Op.Binary: return this.comparison(fn, r, depth);
      case Op.Join: {
        const parts = logicalParts(fn, r);
        if (!parts) return undefined;
        const [left, right] = [this.inProduction(fn, parts.left, depth + 1), this.inProduction(fn, parts.right, depth + 1)];
        const decisive = !parts.and;
        if (left === decisive || right === decisive) return decisive;
        return left === undefined || right === undefined ? undefined : !decisive;
      }
      case Op.GetVar: return this.variable(fn, r, depth);
      case Op.Load: return this.member(fn, r, depth);
      case Op.Global: return flag(text(fn.unit, operand(fn, r, 1)), false);
      case Op.Call: return this.asked(fn, r, depth);
      default: return undefined;
    }
  }

  private comparison(fn: Fn, r: number, depth: number): boolean | undefined {
    const kind = operand(fn, r, 1);
    if (kind !== BinaryKind.Equal && kind !== BinaryKind.NotEqual) return undefined;
    const equal = kind === BinaryKind.Equal;
    for (const [side, other] of [[operand(fn, r, 2), operand(fn, r, 3)], [operand(fn, r, 3), operand(fn, r, 2)]] as const) {
      const word = this.engine.types.constantText(fn, other);
      if (word === undefined || !this.isMode(fn, side, depth)) continue;
      if (PRODUCTION.test(word)) return equal;
      return DEVELOPMENT.test(word) ? !equal : undefined;
    }
    return undefined;
  }

  /** `process.env.NODE_ENV`, `app.get('env')`, a constant that holds one. */
  private isMode(fn: Fn, r: number, depth: number): boolean {
    if (depth > MAX_DEPTH || r < 0) return false;
    const inner = (x: number): boolean => this.isMode(fn, x, depth + 1);
    switch (opcode(fn, r)) {
      case Op.Cast: case Op.Await: return inner(operand(fn, r, 1));
      case Op.Load: return MODE.test(text(fn.unit, operand(fn, r, 2)));
      case Op.Elem: return MODE.test(this.engine.types.constantText(fn, operand(fn, r, 2)) ?? '');
      case Op.Join: return logicalParts(fn, r) !== undefined && inner(logicalParts(fn, r)?.left ?? -1);
      case Op.GetVar: {
        const init = this.initOf(fn, r);
        return init ? this.isMode(init.fn, init.r, depth + 1) : MODE.test(varName(fn.unit, operand(fn, r, 1)));
      }
      case Op.Call: {
        const callee = operand(fn, r, 1);
        if (opcode(fn, callee) !== Op.Load) return false;
        const method = text(fn.unit, operand(fn, callee, 2));
        // `process.env.NODE_ENV.trim()`, `config.get('NODE_ENV')`.
        if (argumentCount(fn, r) === 0) return inner(operand(fn, callee, 1));
        const [first = -1] = callArguments(fn, r);
        return /^get/.test(method) && first >= 0 && MODE.test(this.engine.types.constantText(fn, first)?.split('.').at(-1) ?? '');
      }
      default: return false;
    }
  }

  private initOf(fn: Fn, r: number): { readonly fn: Fn; readonly r: number } | undefined {
    const { types, program } = this.engine;
    const symbol = types.symbols.variable(fn.unit, operand(fn, r, 1));
    if (symbol?.kind !== 'variable') return undefined;
    const init = varField(symbol.unit, symbol.v, VarField.Init);
    if (init < 0 || varField(symbol.unit, symbol.v, VarField.Flags) & VarFlag.Reassigned) return undefined;
    return { fn: program.fnOf(symbol.unit, varField(symbol.unit, symbol.v, VarField.Owner)), r: init };
  }

  /** What a flag is made of counts; its name does where that is not in sight, or is the environment's own. */
  private variable(fn: Fn, r: number, depth: number): boolean | undefined {
    const init = this.initOf(fn, r);
    const name = varName(fn.unit, operand(fn, r, 1));
    if (!init) return flag(name, false);
    const made = this.inProduction(init.fn, init.r, depth + 1);
    if (made !== undefined || constantCondition(this.engine, init.fn, init.r, NO_LITERALS) !== undefined) return made;
    return this.readsEnvironment(init.fn, init.r, depth) ? flag(name, false) : undefined;
  }

  private readsEnvironment(fn: Fn, r: number, depth: number): boolean {
    if (r < 0 || depth > MAX_DEPTH) return false;
    const inner = (x: number): boolean => this.readsEnvironment(fn, x, depth + 1);
    switch (opcode(fn, r)) {
      case Op.Load: case Op.Elem: return writtenChain(fn, r).includes('env') || this.engine.types.ofRegister(fn, r).k === 'unknown';
      case Op.Binary: return inner(operand(fn, r, 2)) || inner(operand(fn, r, 3));
      case Op.Unary: return inner(operand(fn, r, 2));
      case Op.Cast: return inner(operand(fn, r, 1));
      case Op.Join: return inner(logicalParts(fn, r)?.left ?? -1);
      default: return false;
    }
  }

  private member(fn: Fn, r: number, depth: number): boolean | undefined {
    const name = text(fn.unit, operand(fn, r, 2));
    const receiver = operand(fn, r, 1);
    const object = this.engine.types.ofRegister(fn, receiver);
    const literal = object.k === 'literal' ? object : object.k === 'object' ? object.value : undefined;
    const value = literal && literalMember(literal.fn, literal.op, name);
    if (literal && value !== undefined) {
      const made = this.inProduction(literal.fn, value, depth + 1);
      // A file of settings for development is replaced by another one when the program is built for production.
      if (made !== undefined || opcode(literal.fn, value) !== Op.Const) return made;
    }
    return flag(name, writtenChain(fn, receiver).some((part) => SETTINGS.test(part)));
  }

  /** `isDevMode()`, `config.isProduction()`. */
  private asked(fn: Fn, r: number, depth: number): boolean | undefined {
    const { fns } = this.engine.types.targets(fn, r);
    const [own] = fns;
    if (own && fns.length === 1) {
      for (let op = own.count - 1; op >= 0; op--) if (opcode(own, op) === Op.Return && operand(own, op, 1) >= 0) return this.inProduction(own, operand(own, op, 1), depth + 1);
    }
    return argumentCount(fn, r) === 0 ? flag(writtenChain(fn, operand(fn, r, 1)).at(-1) ?? '', false) : undefined;
  }
}

function flag(name: string, ofSettings: boolean): boolean | undefined {
  if (DEVELOPMENT_FLAG.test(name) || (ofSettings && SETTING_DEVELOPMENT.test(name))) return false;
  return PRODUCTION_FLAG.test(name) || (ofSettings && SETTING_PRODUCTION.test(name)) ? true : undefined;
}

/** Where the code of a range ends. */
function endOf(fn: Fn, { from, to }: Range): number {
  const { pos } = fn.unit.facts;
  let end = 0;
  for (let op = from; op < to; op++) end = Math.max(end, pos[(fn.facts.first + op) * 2 + 1] ?? 0);
  return end;
}
