// The catalogue's words in the language of the report, and what a bank's own controls say to do.
import type { Catalog } from '#model/catalog';
import type { Control } from '#model/policy';
import type { Language, Vocabulary } from '#report/report-options';

/** `controls` are those that judged. */
export function toVocabulary(catalog: Catalog, lang: Language, controls: ReadonlyMap<string, Control> = new Map()): Vocabulary {
  const elements = new Map(catalog.elements.map((element) => [element.id, element]));
  const vendors = new Map(catalog.vendors.map((vendor) => [vendor.id, vendor]));
  const sinks = new Map([...catalog.sinks, ...catalog.requests, ...catalog.sites].map((sink) => [sink.id, sink.title]));
  return {
    element: (id) => elements.get(id)?.title[lang] ?? id,
    isSecret: (id) => elements.get(id)?.nature === 'secret',
    vendor: (id) => vendors.get(id)?.title ?? id,
    vendorFacts: (id) => vendors.get(id),
    sink: (id) => sinks.get(id) ?? id,
    ownRemedy: (ids) => ids.map((id) => controls.get(id)).find((control) => control !== undefined && isOwn(control) && control.remediation[lang] !== '')?.remediation[lang],
    in: (other) => toVocabulary(catalog, other, controls),
  };
}

/** The remedies of the shipped controls are those of their channels. */
const isOwn = (control: Control): boolean => control.package.startsWith('fiduciary.custom.');
