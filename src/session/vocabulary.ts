// The catalogue's words in the language of the report.
import type { Catalog } from '#model/catalog';
import type { Language, Vocabulary } from '#report/report-options';

export function toVocabulary(catalog: Catalog, lang: Language): Vocabulary {
  const elements = new Map(catalog.elements.map((element) => [element.id, element]));
  const vendors = new Map(catalog.vendors.map((vendor) => [vendor.id, vendor]));
  const sinks = new Map([...catalog.sinks, ...catalog.requests, ...catalog.sites].map((sink) => [sink.id, sink.title]));
  return {
    element: (id) => elements.get(id)?.title[lang] ?? id,
    isSecret: (id) => elements.get(id)?.nature === 'secret',
    vendor: (id) => vendors.get(id)?.title ?? id,
    vendorFacts: (id) => vendors.get(id),
    sink: (id) => sinks.get(id) ?? id,
    in: (other) => toVocabulary(catalog, other),
  };
}
