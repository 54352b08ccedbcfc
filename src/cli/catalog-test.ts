// What the catalogue makes of a name (`user.email`, `cardNo`) or of a package (`@sentry/node`), and why.
import type { Catalog, NameMatch } from '#model/catalog';

export interface NameAnswer {
  readonly facts: object;
  readonly lines: readonly string[];
}

export function testName(catalog: Catalog, text: string, owners: readonly string[], siblings: readonly string[]): NameAnswer {
  const uses = packageUses(catalog, text);
  if (uses.length > 0) {
    return {
      facts: { package: text, uses },
      lines: [`${text} is a package the catalogue knows:`, ...uses.map(({ list, id, title }) => `  ${list}  ${id}  ${title}`.trimEnd())],
    };
  }
  // `order.customer.email`: the last word is the name, the words before it own it, nearest first.
  const words = text.split(/[.\s]+/).filter((word) => word !== '');
  const name = words.at(-1) ?? text;
  const query = { name, owners: [...words.slice(0, -1).reverse(), ...owners], ...(siblings.length === 0 ? {} : { siblings }) };
  const match = catalog.names.classify(query);
  const entity = catalog.names.entity(name);
  return {
    facts: { ...query, match: match ?? null, entity: entity?.id ?? null, lookAlike: catalog.names.isLookAlike(name) },
    lines: [
      ...(match === undefined ? [noMatch(catalog, name)] : describeMatch(catalog, text, match)),
      ...(entity === undefined ? [] : [`${name} also names the entity ${entity.id}${entity.carries.length === 0 ? '' : `, taken to carry ${entity.carries.join(', ')}`}`]),
    ],
  };
}

function describeMatch(catalog: Catalog, text: string, match: NameMatch): readonly string[] {
  const title = catalog.names.element(match.element)?.title;
  return [
    `${text} is taken for ${match.element}${title === undefined ? '' : ` (${title.en}, ${title.zh})`}`,
    `  class       ${match.class}`,
    `  confidence  ${match.confidence}`,
    `  because of  ${match.witness === 'owner-name' ? 'its name and the name of its owner' : 'its own name'}`,
    ...(match.claim === undefined ? [] : [`  its name claims a protection (${match.claim}), which lowers the confidence and clears nothing`]),
  ];
}

function noMatch(catalog: Catalog, name: string): string {
  return catalog.names.isLookAlike(name)
    ? `${name} is not customer data: it looks like an element but names something else`
    : `${name} is not known as customer data by its name; a type, a schema or an owner (--owner NAME) may say more`;
}

function packageUses(catalog: Catalog, name: string): readonly { list: string; id: string; title: string }[] {
  const uses = (['sinks', 'requests', 'sites', 'protections', 'models'] as const).flatMap((list) =>
    catalog[list]
      .filter((entry) => entry.callees.some((callee) => callee.root.kind === 'npm' && callee.root.name === name))
      .map((entry) => ({ list, id: entry.id, title: 'title' in entry ? entry.title : '' })));
  const vendors = catalog.vendors
    .filter((vendor) => vendor.packages.includes(name))
    .map((vendor) => ({ list: 'vendors', id: vendor.id, title: `${vendor.title}, ${vendor.category}, ${vendor.region}` }));
  return [...vendors, ...uses];
}
