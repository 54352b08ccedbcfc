// The part of the WebAssembly interface that is used here: neither the language's library nor Node's types declare it.

export interface WasmModule {
  readonly [Symbol.toStringTag]: 'WebAssembly.Module';
}

export interface WasmGlobal {
  value: number;
}

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
}

export const compileModule = (bytes: Uint8Array): WasmModule =>
  new (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly.Module(bytes);

/** A global is an object with the value, and was a number in old engines. */
export const globalValue = (exported: WasmGlobal | number | undefined): number | undefined => (typeof exported === 'object' ? exported.value : exported);
