// Angular components by the element that they are written as in templates: `<app-card [owner]="…">` sets the input `owner`.
import type { Cls, Program } from './program.ts';

const known = new WeakMap<Program, ReadonlyMap<string, Cls>>();

export function componentOf(program: Program, tag: string): Cls | undefined {
  if (!tag.includes('-')) return undefined;
  let components = known.get(program);
  if (!components) known.set(program, (components = collect(program)));
  return components.get(tag);
}

function collect(program: Program): ReadonlyMap<string, Cls> {
  const found = new Map<string, Cls>();
  for (const cls of program.classes) {
    const options = cls.facts.decorators?.find((d) => d.n === 'Component')?.args[0];
    const selector = options && 'o' in options ? options.o['selector'] : undefined;
    if (selector && 's' in selector) found.set(selector.s, cls);
  }
  return found;
}

/** The field behind an input: its own name, or the one that `@Input('owner')` gives it. */
export function inputField(cls: Cls, name: string): string {
  const renamed = cls.facts.members.find((m) => m.decorators?.some((d) => {
    const [first] = d.args;
    return d.n === 'Input' && first !== undefined && 's' in first && first.s === name;
  }));
  return renamed?.n ?? name;
}
