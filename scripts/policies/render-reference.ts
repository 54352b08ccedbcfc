// The reference parts of docs/policy.md: the fields of a finding as its schema has them, and the functions that WebAssembly has.

interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** One row per field; members of objects and lists carry the path to them. */
export function renderFields(finding: object): string {
  const rows = rowsOf(finding as Schema, '');
  return ['| field of a finding | holds |', '|---|---|', ...rows.map(([name, holds]) => `| ${name} | ${holds} |`)].join('\n');
}

function rowsOf({ properties = {}, required = [] }: Schema, prefix: string): readonly (readonly [string, string])[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = `${prefix}${name}`;
    const label = `\`${path}\`${required.includes(name) ? '' : '?'}`;
    const members = schema.type === 'object' ? rowsOf(schema, `${path}.`) : schema.items?.type === 'object' ? rowsOf(schema.items, `${path}[_].`) : [];
    return members.length > 0 ? members : [[label, holds(schema)] as const];
  });
}

function holds({ type, enum: words, items, description }: Schema): string {
  const what = type === 'array' ? `list of ${items === undefined ? 'values' : holds(items)}` : words === undefined ? KINDS[type ?? ''] ?? 'a value' : words.map((word) => `\`${word}\``).join(', ');
  return description === undefined ? what : `${what}: ${toPhrase(description)}`;
}

const toPhrase = (sentences: string): string => sentences.charAt(0).toLowerCase() + sentences.slice(1).replace(/\.$/, '').replace(/\. (\w)/g, (_, first: string) => `; ${first.toLowerCase()}`);

const KINDS: Readonly<Record<string, string>> = { string: 'text', integer: 'number', boolean: '`true`, `false`' };

/** Written between values, or only by the compiler. */
const NOT_CALLED = /^(internal\..*|plus|minus|mul|div|rem|and|or|equal|neq|gt|gte|lt|lte|set_diff|re_match|all|any)$/;

/** In the order of the names, by family. */
export function renderFunctions(natives: readonly string[]): string {
  const called = natives.filter((name) => !NOT_CALLED.test(name));
  const families = new Map<string, string[]>();
  for (const name of called) {
    const family = name.includes('.') ? name.replace(/\..*$/, '') : '';
    const known = families.get(family);
    if (known === undefined) families.set(family, [name]);
    else known.push(name);
  }
  return [...families].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, names]) => `- ${names.map((name) => `\`${name}\``).join(', ')}`).join('\n');
}
