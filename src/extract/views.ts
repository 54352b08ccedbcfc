// Pages of mini-programs and components of Vue: data that a template beside the code shows. Where code sets such data, what is
// shown of it is read; what a page keeps in `data` is a variable of its file, which `setData` writes.
import type ts from 'typescript';
import { Op, VarField, VarFlag, VarKind } from '#model/facts';
import { GivenData } from './given-data.ts';
import type { Lowering } from './lowering.ts';
import { emit, undefinedValue } from './lowering.ts';
import { type MarkupElement, type Piece, readMarkup, split } from './markup.ts';
import { lookup } from './scope.ts';
import { type Bound, noteReads, parseCode, readShown, Shown } from './shown.ts';
import {
  isCallExpression, isExportAssignment, isIdentifier, isObjectLiteralExpression, isPropertyAccessExpression, SyntaxKind,
} from './syntax.ts';

export interface View {
  readonly kind: 'page' | 'component';
  readonly nodes: readonly (MarkupElement | Piece)[];
  readonly shown: Shown;
  /** What the page or component is made of: the argument of `Page`, what is exported. */
  readonly options: ts.ObjectLiteralExpression | undefined;
  /** Of a mini-program component: what its data can hold. */
  readonly given: GivenData | undefined;
  /** Variables of the module: those options, and what a page has in `data`; -1 when there are none. */
  object: number;
  data: number;
}

type Nodes = readonly (MarkupElement | Piece)[];

/** The page that a file makes, with its template; undefined when it makes none. */
export function pageOf(statements: readonly ts.Statement[], template: string): View | undefined {
  for (const s of statements) {
    const made = 'expression' in s ? (s as ts.ExpressionStatement).expression : undefined;
    if (!made || !isCallExpression(made) || !isIdentifier(made.expression) || !PAGES.has(made.expression.text)) continue;
    return view('page', readMarkup(template, false), made.arguments[0], made.expression.text === 'Component' ? statements : undefined);
  }
  return undefined;
}

export function vueView(statements: readonly ts.Statement[], template: string): View {
  const exported = statements.find((s) => isExportAssignment(s)) as ts.ExportAssignment | undefined;
  const made = exported?.expression;
  return view('component', readMarkup(template, false), made && isCallExpression(made) ? made.arguments[0] : made);
}

const PAGES = new Set(['Page', 'Component']);

function view(kind: View['kind'], nodes: Nodes, made: ts.Expression | undefined, statements?: readonly ts.Statement[]): View {
  const shown = new Shown();
  noteNodes(kind, shown, NO_NAMES, nodes);
  const options = made && isObjectLiteralExpression(made) ? made : undefined;
  return { kind, nodes, shown, options, given: options && statements && new GivenData(statements, options), object: -1, data: -1 };
}

const NO_NAMES: Bound = new Map();

/* ---------- what is shown ---------- */

function noteNodes(kind: View['kind'], root: Shown, bound: Bound, nodes: Nodes): void {
  for (const node of nodes) {
    if ('tag' in node) noteElement(kind, root, bound, node);
    else for (const piece of interpolations(node)) note(root, bound, piece);
  }
}

function noteElement(kind: View['kind'], root: Shown, bound: Bound, element: MarkupElement): void {
  const repeated = repetition(kind, element);
  let inner = bound;
  if (repeated) {
    const of = note(root, bound, repeated.of);
    inner = new Map(bound).set(repeated.item, of?.member('*') ?? new Shown());
  }
  for (const a of element.attributes) if (a.value && isSlot(a.name)) inner = withSlotNames(inner, a.value.text);
  for (const a of element.attributes) {
    if (!a.value || a.name === 'v-for') continue;
    if (kind === 'page') for (const piece of interpolations(a.value)) note(root, inner, piece);
    else if (isBinding(a.name)) note(root, inner, a.value);
  }
  noteNodes(kind, root, inner, element.children);
}

const isSlot = (name: string): boolean => name.startsWith('#') || name.startsWith('v-slot') || name === 'slot-scope';

/** `v-slot="{ row: order }"` binds names to what another component hands over. */
function withSlotNames(bound: Bound, pattern: string): Bound {
  const names = new Map(bound);
  for (const part of pattern.split(/[^\w$]+/)) if (part !== '') names.set(part, new Shown());
  return names;
}

/** Names and members alone are most of what templates hold. */
const PATH = /^\s*([\w$]+(?:\.[\w$]+)*)\s*$/;

function note(root: Shown, bound: Bound, piece: Piece): Shown | undefined {
  const path = PATH.exec(piece.text)?.[1];
  if (path !== undefined) {
    const [first = '', ...rest] = path.split('.');
    return rest.reduce((at, name) => at.member(name), bound.get(first) ?? root.member(first));
  }
  const [value = piece] = split(piece, '|');
  const [statement] = parseCode(`(${value.text})`).statements;
  return statement && 'expression' in statement ? noteReads(root, bound, statement.expression as ts.Expression) : undefined;
}

/** `:prop`, `v-if`, `v-model` and the like; what handlers read is no part of what is shown. */
const isBinding = (name: string): boolean => name.startsWith(':') || (name.startsWith('v-') && !name.startsWith('v-on') && !name.startsWith('v-slot'));

/** Code between double braces. */
export function interpolations({ text, at }: Piece): readonly Piece[] {
  let open = text.indexOf('{{');
  if (open < 0) return NO_PIECES;
  const found: Piece[] = [];
  while (open >= 0) {
    const close = text.indexOf('}}', open);
    if (close < 0) break;
    found.push({ text: text.slice(open + 2, close), at: at + open + 2 });
    open = text.indexOf('{{', close);
  }
  return found;
}

const NO_PIECES: readonly Piece[] = [];

/** `v-for="(order, i) in orders"`; `wx:for="{{orders}}" wx:for-item="order"`. */
export function repetition(kind: View['kind'], { attributes }: MarkupElement): { readonly item: string; readonly of: Piece } | undefined {
  if (kind === 'component') {
    const value = attributes.find((a) => a.name === 'v-for')?.value;
    const found = value && /^\s*\(?\s*([\w$]+)[^)]*?\)?\s+(?:in|of)\s+/.exec(value.text);
    return found ? { item: found[1] ?? '', of: { text: value.text.slice(found[0].length), at: value.at + found[0].length } } : undefined;
  }
  const value = attributes.find((a) => a.name.endsWith(':for') || a.name.endsWith(':for-items'))?.value;
  const [of] = value ? interpolations(value) : NO_PIECES;
  return of && { item: attributes.find((a) => a.name.endsWith(':for-item'))?.value?.text ?? 'item', of };
}

/* ---------- where it is set ---------- */

/** What the template's page or component is made of, once that is lowered. */
export function holdOptions(l: Lowering, node: ts.ObjectLiteralExpression, value: number): void {
  const { view: v } = l;
  if (v?.options !== node || l.fn.index !== 0) return;
  v.object = l.b.variable('', 0, VarKind.Const, node.pos, undefined, -1, VarFlag.Synthetic);
  l.b.assigned(v.object, l.fn, value, true);
  emit(l, Op.SetVar, v.object, value, 1, node);
}

/** The variable that stands for `data` of the page. */
export function openData(l: Lowering): void {
  const { view: v } = l;
  if (v?.kind !== 'page' || !v.options) return;
  v.data = l.b.variable('data', 0, VarKind.Let, v.options.pos, undefined, -1, VarFlag.Synthetic);
  const empty = emit(l, Op.Object, 0, l.b.list([]), 0, v.options);
  l.b.assigned(v.data, l.fn, empty, true);
  emit(l, Op.SetVar, v.data, empty, 1, v.options);
}

export function dataOf(l: Lowering, v: View, node: ts.Node): number {
  l.b.capture(v.data, l.fn.index);
  return emit(l, Op.GetVar, v.data, 0, 0, node);
}

/** `this.data` of a page also holds what `setData` has put there. */
export function withData(l: Lowering, node: ts.PropertyAccessExpression, value: number): number {
  const { view: v } = l;
  if (!v || v.data < 0) return value;
  if (v.given && isDataOfSelf(l, node.expression) && !v.given.has(node.name.text)) return undefinedValue(l, node);
  if (node.name.text !== 'data' || !isSelf(l, node.expression)) return value;
  return emit(l, Op.Join, 0, l.b.list([value, dataOf(l, v, node)]), 0, node);
}

const isDataOfSelf = (l: Lowering, node: ts.Expression): boolean => isPropertyAccessExpression(node) && node.name.text === 'data' && isSelf(l, node.expression);

/** `this.setData({ order, 'form.name': x })` */
export function setData(l: Lowering, node: ts.CallExpression, argument: number): void {
  const { view: v } = l;
  const { expression: callee } = node;
  if (!v || v.data < 0 || argument < 0 || !isPropertyAccessExpression(callee) || callee.name.text !== 'setData') return;
  if (l.fn.opcode(argument) !== Op.Object) {
    readShown(l, v.shown, argument, node);
    const joined = emit(l, Op.Join, 0, l.b.list([dataOf(l, v, node), argument]), 0, node);
    l.b.assigned(v.data, l.fn, joined, false);
    emit(l, Op.SetVar, v.data, joined, 0, node);
    return;
  }
  const items = l.fn.operand(argument, 2);
  for (let i = 0, n = l.b.extra.at(items) ?? 0; i < n; i += 3) {
    const [kind, key, value] = [l.b.extra.at(items + 1 + i), l.b.extra.at(items + 2 + i) ?? -1, l.b.extra.at(items + 3 + i) ?? -1];
    if (kind !== 0) continue;
    const path = (l.b.strings[key] ?? '').split(/[.[\]]+/).filter((part) => part !== '');
    put(l, v, path, value, node);
  }
}

function put(l: Lowering, v: View, path: readonly string[], value: number, node: ts.Node): void {
  let object = dataOf(l, v, node);
  let shown: Shown | undefined = v.shown;
  for (const [i, name] of path.entries()) {
    shown = shown?.find(/^\d+$/.test(name) ? '*' : name);
    if (i < path.length - 1) object = emit(l, Op.Load, object, l.b.string(name), 0, node);
    else emit(l, Op.Store, object, l.b.string(name), value, node);
  }
  readShown(l, shown, value, node);
}

/** `this.order = x`, `order.value = x` and `state.order = x` of a Vue component. */
export function assignedMember(l: Lowering, target: ts.Expression, value: number): void {
  const { view: v } = l;
  if (v?.kind === 'component') readShown(l, shownOf(l, v, target), value, target);
}

function shownOf(l: Lowering, v: View, node: ts.Expression): Shown | undefined {
  if (isSelf(l, node)) return v.shown;
  if (isIdentifier(node)) return v.shown.find(node.text) ?? (isMade(l, node.text) ? v.shown : undefined);
  if (!isPropertyAccessExpression(node)) return undefined;
  const object = shownOf(l, v, node.expression);
  return node.name.text === 'value' && object !== v.shown ? object : object?.find(node.name.text);
}

/** `const state = reactive({})` */
function isMade(l: Lowering, name: string): boolean {
  const variable = lookup(l.scope, name);
  return variable !== undefined && initialOpcode(l, variable) === Op.Call;
}

/** The operation that makes what a variable holds from the start. */
export function initialOpcode(l: Lowering, variable: number): number {
  const init = l.b.varField(variable, VarField.Init);
  const owner = l.b.functions[l.b.varField(variable, VarField.Owner)];
  return init < 0 || !owner ? -1 : owner.opcode(init);
}

/** `this`, or a variable that holds it. */
function isSelf(l: Lowering, node: ts.Expression): boolean {
  if (node.kind === SyntaxKind.ThisKeyword) return true;
  const variable = isIdentifier(node) ? lookup(l.scope, node.text) : undefined;
  return variable !== undefined && initialOpcode(l, variable) === Op.This;
}
