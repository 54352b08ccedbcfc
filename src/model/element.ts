// Data elements (what the data is), how an element was recognised, and what may have been done to it on the way.

/** Key of an entry in `rules/elements/`, such as `email-address`. */
export type ElementId = string;

/** How strongly a bank must protect an element; JR/T 0171-2020 classes, C3 highest. */
export type DataClass = 'C3' | 'C2' | 'C1';

/** Strong to weak, as in design decision 3. */
export const WITNESSES = ['annotation', 'schema', 'declared-type', 'shape-by-use', 'owner-name', 'own-name', 'entity-name'] as const;
export type Witness = (typeof WITNESSES)[number];

export type Confidence = 'high' | 'medium' | 'low';
export const CONFIDENCES = ['low', 'medium', 'high'] as const satisfies readonly Confidence[];

/** An element that a value carries, and why we say so. */
export interface ElementClaim {
  readonly element: ElementId;
  readonly class: DataClass;
  readonly witness: Witness;
  /** Names of code that were the evidence, such as `['User', 'email']`. Never literal values. */
  readonly evidence: readonly string[];
  readonly confidence: Confidence;
}

export const PROTECTION_KINDS = ['mask', 'hash', 'hmac', 'encrypt', 'token', 'encode'] as const;
export type ProtectionKind = (typeof PROTECTION_KINDS)[number];
