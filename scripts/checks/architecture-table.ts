// Who may import whom in src/: the table of the architecture. CONTRIBUTING.md explains it; architecture.ts checks it.

/** Folder (or file directly in src/) -> the folders it may import, besides itself. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  host: ['model'],
  config: ['model', 'host'],
  catalog: ['model', 'host'],
  project: ['model', 'host'],
  extract: ['model'],
  flow: ['model', 'catalog'],
  duties: ['model', 'catalog'],
  identify: ['model', 'host'],
  policy: ['model', 'host'],
  inventory: ['model'],
  report: ['model', 'inventory'],
  session: ['model', 'host', 'config', 'catalog', 'project', 'extract', 'flow', 'duties', 'identify', 'policy', 'inventory', 'report'],
  fix: ['model', 'host'],
  init: ['model', 'host'],
  eslint: ['model', 'host', 'session', 'report', 'inventory', 'fix', 'init'],
  cli: ['model', 'host', 'session', 'report', 'inventory', 'fix', 'init'],
  action: ['model', 'host', 'session', 'report', 'inventory', 'fix', 'init'],
  index: ['model', 'host', 'session', 'report', 'inventory'],
};

/** Packages and Node modules that only some folders may see. Whatever is not named here is free to all. */
export const ONLY_IN: Readonly<Record<string, readonly string[]>> = {
  typescript: ['extract', 'project'],
  '@vue/compiler-sfc': ['extract', 'project'],
  'ts-morph': ['fix', 'init'],
  '@open-policy-agent/opa-wasm': ['policy'],
  commander: ['cli'],
  picocolors: ['cli', 'action', 'report'],
  'fast-glob': ['host', 'project'],
  'node:fs': ['host'],
  'node:fs/promises': ['host'],
  'node:child_process': ['host'],
  'node:process': ['host'],
  'node:os': ['host'],
  'node:tty': ['host'],
  'node:readline': ['host'],
  'node:worker_threads': ['host'],
  // Nothing leaves the machine: no folder may open a connection.
  'node:http': [],
  'node:https': [],
  'node:http2': [],
  'node:net': [],
  'node:tls': [],
  'node:dgram': [],
  'node:dns': [],
};

/** Members of the global `process` that a folder other than host may use; the rest goes through host. */
export const PROCESS_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  cli: ['argv', 'exitCode'],
  action: ['exitCode'],
  eslint: ['argv'],
};

export interface Exception {
  /** The importing file. */
  readonly from: string;
  /** A folder, package, Node module or `process`. */
  readonly to: string;
  readonly reason: string;
}

/** Known departures from the table, each with its reason. One that is no longer needed is a problem too. */
export const EXCEPTIONS: readonly Exception[] = [
  { from: 'src/extract/syntax.ts', to: 'host', reason: 'the parser comes with its compiled code, which has to be read from a file' },
];
