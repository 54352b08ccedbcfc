// Raw entries → the entries of model/catalog.ts: defaults filled in, callees and places parsed.
import type {
  CalleePattern, CallPlace, ElementEntry, EntityEntry, ModelEntry, NameRules, ProtectionEntry, RequestEntry, SinkEntry,
  SiteEntry, VendorEntry,
} from '#model/catalog';
import { parseCallee, parseFlow, parsePlace } from './grammar.ts';
import type {
  RawElement, RawEntity, RawModel, RawProtection, RawRequest, RawSink, RawSite, RawValues, RawVendor,
} from './raw.ts';

const toCallees = (texts: readonly string[] = []): readonly CalleePattern[] => texts.map(parseCallee);
const toPlaces = (texts: readonly string[] = []): readonly CallPlace[] => texts.map(parsePlace);
const toValues = ({ member, values }: RawValues): { member: string; values: readonly string[] } => ({ member, values: values.map(String) });

const NO_NAMES: NameRules = { strong: [], owned: [], weak: [], pinyin: [], chinese: [], owners: [], not: [] };

export const toElement = (raw: RawElement): ElementEntry => ({ ...raw, names: { ...NO_NAMES, ...raw.names } });

export const toEntity = (raw: RawEntity): EntityEntry => ({ carries: [], not: [], ...raw });

export const toSink = ({ callees, leaks, read = 'deep', when, ...rest }: RawSink): SinkEntry => ({
  ...rest,
  callees: toCallees(callees),
  leaks: toPlaces(leaks),
  read,
  ...(when === undefined ? {} : { when: { place: parsePlace(when.place), names: when.names } }),
});

export const toRequest = ({ id, title, callees, url, query, payload, base = [] }: RawRequest): RequestEntry => ({
  id, title, callees: toCallees(callees), url: toPlaces(url), query: toPlaces(query), payload: toPlaces(payload), base,
});

export const toSite = ({ callees, option, assigns, ...rest }: RawSite): SiteEntry => ({
  ...rest,
  callees: toCallees(callees),
  ...(option === undefined ? {} : { option: toValues(option) }),
  ...(assigns === undefined ? {} : { assigns: toValues(assigns) }),
});

export const toProtection = ({ callees, input = 'arg0', output = 'return', ...rest }: RawProtection): ProtectionEntry => ({
  ...rest, callees: toCallees(callees), input: parsePlace(input), output: parsePlace(output),
});

export const toModel = ({ callees, flows = [], neutral = false, omits, picks, cell, methods, ...rest }: RawModel): ModelEntry => ({
  ...rest,
  callees: toCallees(callees),
  flows: flows.map(parseFlow),
  neutral,
  ...(cell === undefined ? {} : { cell: { kind: cell.kind, key: toPlaces(cell.key), decorators: cell.decorators ?? [] } }),
  ...(methods === undefined ? {} : { methods: { ...methods, at: parsePlace(methods.at) } }),
  ...(omits === undefined ? {} : { omits: toPlaces(omits) }),
  ...(picks === undefined ? {} : { picks: toPlaces(picks) }),
});

export const toVendor = (raw: RawVendor): VendorEntry => ({ packages: [], globals: [], hosts: [], ...raw });

