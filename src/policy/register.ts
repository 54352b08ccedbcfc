// The registers that a bank keeps beside its policies: partners, purposes, entry points, standards of masks and keys. One YAML
// file; what it says is what policies read under data.register.
import { isDay } from '#model/day';
import { UserError } from '#model/errors';
import { findNearest } from '#model/nearest';
import { readDocument, type TextFile } from './document.ts';

export interface Register {
  readonly countries: readonly string[];
  readonly vendors: Readonly<Record<string, unknown>>;
  readonly purposes: Readonly<Record<string, unknown>>;
  readonly entrypoints: Readonly<Record<string, unknown>>;
  readonly standards: Readonly<Record<string, unknown>>;
}

export const EMPTY_REGISTER: Register = { countries: [], vendors: {}, purposes: {}, entrypoints: {}, standards: {} };

const text = (description: string): object => ({ type: 'string', minLength: 1, description });
const date = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$', description: 'Write a day as 2027-01-31.' };
const country = { type: 'string', pattern: '^[A-Z]{2}$', description: 'Write a country as two capital letters, such as CN.' };
const elements = { type: 'array', uniqueItems: true, items: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' }, description: 'Ids of data elements; "fiduciary catalog list elements" shows them.' };
const map = (required: Readonly<Record<string, object>>, optional: Readonly<Record<string, object>>, description: string): object => ({
  type: 'object',
  description,
  additionalProperties: { type: 'object', additionalProperties: false, required: Object.keys(required), properties: { ...required, ...optional } },
});

export const REGISTER_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:fiduciary:schema:register',
  title: 'Fiduciary registers',
  description: 'What a bank has decided about partners, purposes, entry points and standards. Reviewed like code.',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string', description: 'For editors; has no effect.' },
    countries: { type: 'array', uniqueItems: true, items: country, description: 'Countries to which customer data may go.' },
    vendors: map(
      { owner: text('Who in the bank answers for the partner.'), assessed: date, expires: date, country, classes: { type: 'array', uniqueItems: true, items: { enum: ['C1', 'C2', 'C3'] }, description: 'What it may receive; a higher class includes the lower ones.' }, purpose: text('What the data is given for.') },
      { elements: { ...elements, description: 'A complete list of what it may receive; what authenticates only by name.' }, contract: text('Where the agreement is filed.') },
      'Third parties by the id of the vendor catalogue.',
    ),
    purposes: map({ title: text('For people.'), elements }, { basis: text('Consent, contract, duty by law.'), reviewed: date }, 'What data is collected for.'),
    entrypoints: map({ purpose: text('Id of a purpose.') }, { consent: text('Where consent is asked for.'), owner: text('Who answers for it.') }, 'Places through which data enters: a file or file#symbol.'),
    standards: map(
      { kind: { enum: ['mask', 'hash', 'hmac', 'encrypt', 'token'] }, reviewed: date, expires: date }, { elements, owner: text('Who answers for it.') },
      'Masks, hashes and ciphers that were reviewed, by catalogue id or symbol of the function.',
    ),
  },
} as const;

/** Members that hold a day; the schema sees to their form. */
const DAYS: readonly string[] = ['assessed', 'expires', 'reviewed'];

/** Throws `UserError` for what does not fit, and for a vendor that the catalogue does not know. */
export function readRegister(file: TextFile, vendors: readonly string[]): Register {
  const { value, placeOf } = readDocument<Partial<Register> & { readonly $schema?: string }>(file, 'register', REGISTER_SCHEMA);
  const { $schema: _, ...given } = value;
  const register: Register = { ...EMPTY_REGISTER, ...given };
  for (const id of Object.keys(register.vendors)) {
    if (vendors.includes(id)) continue;
    const near = findNearest(id, vendors);
    throw new UserError(`The register names a vendor "${id}" that the catalogue does not know`, near === undefined ? 'See "fiduciary catalog list vendors", or add the vendor to a catalogue file of your own.' : `Did you mean "${near}"?`, placeOf(['vendors', id]));
  }
  for (const part of ['vendors', 'purposes', 'standards'] as const) {
    for (const [id, entry] of Object.entries(register[part])) {
      for (const [key, day] of Object.entries(entry as object).filter(([name]) => DAYS.includes(name))) {
        if (!isDay(String(day))) throw new UserError(`"${part}.${id}.${key}" is a day that there is not: ${String(day)}`, 'Write a day of the calendar, as 2027-01-31.', placeOf([part, id, key]));
      }
    }
  }
  for (const [place, entry] of Object.entries(register.entrypoints)) {
    const { purpose } = entry as { readonly purpose: string };
    if (purpose in register.purposes) continue;
    throw new UserError(`The entry point ${place} has a purpose "${purpose}" that is not in the register`, `Known are: ${Object.keys(register.purposes).join(', ') || 'none'}.`, placeOf(['entrypoints', place, 'purpose']));
  }
  return register;
}
