// Reads JSON that people wrote. Values are `unknown` until asked: nothing in a manifest can be trusted to have its type.

export type JsonObject = Readonly<Record<string, unknown>>;

/** `undefined` when the text is no JSON or holds something other than an object. */
export function parseJsonObject(text: string): JsonObject | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** With comments and trailing commas, as compiler settings are written. */
export function parseLooseJsonObject(text: string): JsonObject | undefined {
  return parseJsonObject(text) ?? parseJsonObject(withoutComments(text));
}

function withoutComments(text: string): string {
  const bare = text.replace(/("(?:\\.|[^"\\\n])*")|\/\/[^\n]*|\/\*[^]*?\*\//g, (_, quoted: string | undefined) => quoted ?? ' ');
  return bare.replace(/("(?:\\.|[^"\\\n])*")|,(?=\s*[}\]])/g, (_, quoted: string | undefined) => quoted ?? '');
}

export const asObject = (value: unknown): JsonObject | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;

export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const asTexts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
