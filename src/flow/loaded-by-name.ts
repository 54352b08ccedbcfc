// Files that a framework loads by where they lie: Egg's `ctx.service.user` is `app/service/user.js`, `ctx.model.CardHolder` is
// `app/model/card_holder.js`, `ctx.helper` is `app/extend/helper.js`, ThinkJS's `think.service('token')` is `service/token.js`. Nothing imports them.
import { Op, VarField, VarFlag } from '#model/facts';
import { constant } from './named-tables.ts';
import type { Fn, Program, Unit } from './program.ts';
import { callArguments, opcode, operand, text, varField } from './program.ts';
import type { StaticType } from './static-type.ts';
import { NO_ENV, UNKNOWN } from './static-type.ts';
import type { Types } from './types.ts';

const LOADED = /^(?:(.*)\/)?(?:app\/(service|model|extend)|src\/(?:(?:.*)\/)?(service))\/(.+)\.[cm]?[jt]s$/;
const FOLDERS = new Set(['service', 'model']);
const HELPER = 'helper';
const MAX_DEPTH = 3;

interface Loaded {
  readonly unit: Unit;
  /** The folder of the application that loads it. */
  readonly root: string;
}

const known = new WeakMap<Program, ReadonlyMap<string, readonly Loaded[]>>();

/** Units by folder and name: `service user`, `model cardholder`. */
function loadedOf(program: Program): ReadonlyMap<string, readonly Loaded[]> {
  let index = known.get(program);
  if (index) return index;
  const made = new Map<string, Loaded[]>();
  for (const unit of program.units) {
    const [, root = '', egg, think, name = ''] = LOADED.exec(unit.path) ?? [];
    const folder = egg ?? think;
    if (folder === undefined) continue;
    const key = keyOf(folder, name.split('/'));
    const others = made.get(key);
    if (others) others.push({ unit, root });
    else made.set(key, [{ unit, root }]);
  }
  known.set(program, (index = made));
  return index;
}

/** `card_holder`, `card-holder` and `CardHolder` are one. */
const keyOf = (folder: string, path: readonly string[]): string => `${folder} ${path.join('/').replace(/[-_]/g, '').toLowerCase()}`;

/** What a member stands for whose file a framework loads: `service.user` of a context. */
export function loadedMember(types: Types, fn: Fn, load: number): StaticType | undefined {
  const index = loadedOf(types.program);
  if (index.size === 0) return undefined;
  // `ctx.helper` is what `app/extend/helper.js` holds.
  if (text(fn.unit, operand(fn, load, 2)) === HELPER) return valueOf(types, index.get(keyOf('extend', [HELPER])), fn.unit);
  const path: string[] = [];
  let at = load;
  for (let depth = 0; depth < MAX_DEPTH && opcode(fn, at) === Op.Load; depth++) {
    path.unshift(text(fn.unit, operand(fn, at, 2)));
    at = operand(fn, at, 1);
    const folder = folderAt(fn, at);
    if (folder !== undefined) return valueOf(types, index.get(keyOf(folder, path)), fn.unit);
  }
  return undefined;
}

/** `ctx.service`, or a variable that was taken from there. */
function folderAt(fn: Fn, r: number): string | undefined {
  let at = r;
  if (opcode(fn, at) === Op.GetVar) {
    const v = operand(fn, at, 1);
    if (varField(fn.unit, v, VarField.Owner) !== fn.local || (varField(fn.unit, v, VarField.Flags) & VarFlag.Reassigned) !== 0) return undefined;
    at = varField(fn.unit, v, VarField.Init);
  }
  if (at < 0 || opcode(fn, at) !== Op.Load) return undefined;
  const name = text(fn.unit, operand(fn, at, 2));
  return FOLDERS.has(name) ? name : undefined;
}

/** `this.service('token', 'api')`: the module, where it is named, is a folder of the path. */
export function loadedService(types: Types, fn: Fn, op: number): StaticType | undefined {
  const [first = -1, second = -1] = callArguments(fn, op);
  const name = constant(fn, first);
  if (name === undefined) return undefined;
  const found = loadedOf(types.program).get(keyOf('service', name.split('/')));
  const module = constant(fn, second);
  return valueOf(types, module === undefined ? found : found?.filter((l) => l.unit.path.includes(`/${module}/`)), fn.unit);
}

/** An instance of the class that a file exports, or what the function yields that it exports. */
function valueOf(types: Types, found: readonly Loaded[] | undefined, from: Unit): StaticType | undefined {
  const near = found?.filter((l) => l.root === '' || from.path.startsWith(`${l.root}/`));
  const [only] = near && near.length > 0 ? near : (found ?? []);
  if (!only || (near && near.length > 1)) return undefined;
  const exported = types.ofSymbol(types.symbols.exported(only.unit, 'default'));
  const made = exported.k === 'functions' ? types.returnsOf(exported) : exported;
  if (made.k === 'class') return { k: 'instance', cls: made.cls, env: NO_ENV };
  return made.k === 'unknown' ? UNKNOWN : made;
}
