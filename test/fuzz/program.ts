// What the search for faults works on: a small program made by chance, its sinks, and the marked data that it is given.

/** Files by path; `main` holds the entry `run`. Every sink carries its name as a text: `s1`, `s2`. */
export interface Program {
  readonly seed: number;
  readonly files: Readonly<Record<string, string>>;
  readonly main: string;
}

/** Data of one element at one sink, named by the text that the sink carries. */
export interface Arrival {
  readonly sink: string;
  readonly field: string;
}

/** A field of a customer: letters that nothing else holds, in a value of its form, and the element it is. */
export interface Marked {
  readonly field: string;
  readonly core: string;
  readonly value: string;
  readonly element: string;
}

export const MARKED: readonly Marked[] = [
  { field: 'email', core: 'zqmailqz', value: 'zqmailqz@zqmailqz.example', element: 'email-address' },
  { field: 'phone', core: 'zqphoneqz', value: 'zqphoneqz', element: 'mobile-phone' },
  { field: 'cardNumber', core: 'zqcardqz', value: 'zqcardqz', element: 'bank-card-number' },
  { field: 'password', core: 'zqpassqz', value: 'zqpassqz', element: 'login-password' },
];

export const customer = (): Record<string, string> => Object.fromEntries([...MARKED.map(({ field, value }) => [field, value]), ['tier', 'gold']]);

export const arrivalKey = ({ sink, field }: Arrival): string => `${sink} ${field}`;
