// What the templates of mini-program pages and Vue components do → a function of the file that calls their handlers with what is
// handed to them: `@click="save(user.email)"`, `data-phone="{{user.phone}}" bindtap="call"`, events of components.
import type ts from 'typescript';
import { Op, PropertyKind, VarField } from '#model/facts';
import type { Lowering } from './lowering.ts';
import { emit, stringConst } from './lowering.ts';
import type { MarkupElement, Piece } from './markup.ts';
import { childScope } from './scope.ts';
import { isObjectLiteralExpression, isPropertyAssignment, isSpreadAssignment } from './syntax.ts';
import { TemplateCode } from './template-code.ts';
import { memberName } from './types.ts';
import { dataOf, initialOpcode, interpolations, repetition, type View } from './views.ts';

/** Lowers the handlers of the file's template, if it has any. */
export function lowerView(l: Lowering): void {
  const { view } = l;
  if (!view?.nodes.some(handles)) return;
  l.view = undefined;
  const fn = l.b.newFunction({ n: 'template', kind: 'function', parent: 0, cls: -1, params: [], markup: true, start: 0, end: l.file.text.length });
  const saved = { fn: l.fn, scope: l.scope };
  l.fn = fn;
  // What a module declares is visible in the template of a `<script setup>` only.
  l.scope = childScope(view.kind === 'component' && !view.options ? saved.scope : undefined, fn.index);
  new ViewTemplate(l, view).read();
  l.b.complete(fn);
  l.fn = saved.fn;
  l.scope = saved.scope;
  l.view = view;
  emit(l, Op.Closure, fn.index, 0, 0, view.options ?? l.file);
}

const handles = (node: MarkupElement | Piece): boolean => 'tag' in node && (node.attributes.some((a) => eventOf(a.name) !== undefined) || node.children.some(handles));

/** `@click.prevent`, `v-on:click`; `bindtap`, `bind:tap`, `catch:tap`, `capture-bind:tap`, `onTap`. */
function eventOf(name: string): string | undefined {
  const found = /^(?:@|v-on:|(?:capture-)?(?:mut-)?(?:bind|catch):?|on(?=[A-Z]))([\w:-]+)/.exec(name);
  return found?.[1];
}

/** Elements that the platforms have themselves, whose events no code triggers. */
const OWN = new Set(['scroll-view', 'swiper-item', 'checkbox-group', 'radio-group', 'picker-view', 'picker-view-column', 'movable-view', 'movable-area', 'cover-view', 'cover-image', 'rich-text', 'web-view', 'open-data', 'official-account', 'live-player', 'live-pusher', 'match-media', 'page-container', 'page-meta', 'share-element', 'ad-custom', 'navigation-bar']);
const isComponent = (tag: string): boolean => (tag.includes('-') || /^[A-Z]/.test(tag)) && !OWN.has(tag);

class ViewTemplate extends TemplateCode {
  private readonly view: View;
  /** What a page's or component's options have under `methods`. */
  private readonly methods: ReadonlySet<string>;

  constructor(l: Lowering, view: View) {
    super(l, view.options ?? l.file, -1, view.kind === 'page' ? -1 : 0);
    this.view = view;
    this.methods = methodsOf(view.options);
  }

  read(): void {
    for (const node of this.view.nodes) this.element(node);
  }

  private element(node: MarkupElement | Piece): void {
    if (!handles(node) || !('tag' in node)) return;
    this.scoped(() => {
      const repeated = repetition(this.view.kind, node);
      if (repeated) this.each(repeated.item, this.value(repeated.of), () => this.plain(node));
      else this.plain(node);
    });
  }

  private plain(node: MarkupElement): void {
    for (const a of node.attributes) {
      const event = eventOf(a.name);
      if (event === undefined || !a.value || a.value.text.trim() === '') continue;
      if (this.view.kind === 'page') this.pageHandler(node, event, a.value.text.trim());
      else this.vueHandler(node, event, a.value);
    }
    for (const child of node.children) this.element(child);
  }

  /* ---------- pages ---------- */

  private pageHandler(element: MarkupElement, event: string, name: string): void {
    const { l, node } = this;
    if (this.view.object < 0 || !/^[\w$]+$/.test(name)) return;
    const given = this.dataset(element);
    if (given >= 0) {
      const target = emit(l, Op.Object, 0, l.b.list([PropertyKind.Plain, l.b.string('dataset'), given]), 0, node);
      const args = [PropertyKind.Plain, l.b.string('currentTarget'), target, PropertyKind.Plain, l.b.string('target'), target];
      emit(l, Op.Call, this.method(name), l.b.list([-1, emit(l, Op.Object, 0, l.b.list(args), 0, node)]), 0, node);
    }
    if (isComponent(element.tag)) this.listen('wxml', 'bind', event, this.method(name));
  }

  /** `data-user-phone` is `dataset.userPhone`. */
  private dataset({ attributes }: MarkupElement): number {
    const items: number[] = [];
    for (const { name, value } of attributes) {
      const [code] = name.startsWith('data-') && value ? interpolations(value) : [];
      if (code) items.push(PropertyKind.Plain, this.l.b.string(name.slice(5).toLowerCase().replace(/-(\w)/g, (_, c: string) => c.toUpperCase())), this.value(code));
    }
    return items.length === 0 ? -1 : emit(this.l, Op.Object, 0, this.l.b.list(items), 0, this.node);
  }

  private method(name: string): number {
    const { l, node } = this;
    const options = this.held(this.view.object);
    const holder = this.methods.has(name) ? emit(l, Op.Load, options, l.b.string('methods'), 0, node) : options;
    return emit(l, Op.Load, holder, l.b.string(name), 0, node);
  }

  private held(variable: number): number {
    this.l.b.capture(variable, this.l.fn.index);
    return emit(this.l, Op.GetVar, variable, 0, 0, this.node);
  }

  /** A handler of an event that a component triggers by name. */
  private listen(object: string, member: string, event: string, handler: number): void {
    const { l, node } = this;
    const callee = emit(l, Op.Load, emit(l, Op.Global, l.b.string(object), 0, 0, node), l.b.string(member), 0, node);
    emit(l, Op.Call, callee, l.b.list([-1, stringConst(l, event, node), handler]), 0, node);
  }

  /* ---------- Vue ---------- */

  private vueHandler(element: MarkupElement, event: string, code: Piece): void {
    const isName = /^\s*[\w$]+\s*$/.test(code.text);
    if (isComponent(element.tag)) this.listen('vue', 'on', event, this.handler(isName ? { text: `${code.text}($event)`, at: code.at } : code));
    else if (!isName && code.text.includes('(')) this.handler(code);
  }

  /** Names of a component are methods of its options, or what `this` has; of a page, what it has in `data`. */
  override member(node: ts.Node, name: string): number {
    const { l, view } = this;
    if (view.kind === 'component' && view.object >= 0 && this.methods.has(name)) return this.method(name);
    const own = super.member(node, name);
    if (view.data < 0) return own;
    return emit(l, Op.Join, 0, l.b.list([own, emit(l, Op.Load, dataOf(l, view, node), l.b.string(name), 0, node)]), 0, node);
  }

  /** A template sees what a `ref` of the script holds. */
  override seen(node: ts.Node, variable: number, held: number): number {
    const { l } = this;
    if (l.b.varField(variable, VarField.Owner) !== 0 || initialOpcode(l, variable) !== Op.Call) return held;
    return emit(l, Op.Join, 0, l.b.list([held, emit(l, Op.Load, held, l.b.string('value'), 0, node)]), 0, node);
  }
}

function methodsOf(options: ts.ObjectLiteralExpression | undefined): ReadonlySet<string> {
  const found = new Set<string>();
  for (const p of options?.properties ?? []) {
    if (!isPropertyAssignment(p) || memberName(p.name) !== 'methods' || !isObjectLiteralExpression(p.initializer)) continue;
    for (const m of p.initializer.properties) if (!isSpreadAssignment(m) && m.name) found.add(memberName(m.name));
  }
  return found;
}
