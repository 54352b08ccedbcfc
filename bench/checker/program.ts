// One TypeScript program over the files of a repository, without its dependencies being installed. Aliases come from the
// tsconfig nearest to the importing file, as the engine under test does it; everything else is set once.
import { dirname, join } from 'node:path';
import ts from 'typescript';

const BASE: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  jsx: ts.JsxEmit.Preserve,
  strict: true,
  allowJs: true,
  checkJs: false,
  esModuleInterop: true,
  experimentalDecorators: true,
  resolveJsonModule: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
  types: [],
};

type Aliases = Pick<ts.CompilerOptions, 'paths' | 'baseUrl'>;

/** Finds what the compiler can't without an install: packages of the workspace, library types kept elsewhere. */
export type FindModule = (specifier: string, containing: string) => string | undefined;

export function createProgram(root: string, files: readonly string[], allowJs: boolean, find: FindModule = () => undefined): ts.Program {
  const options = { ...BASE, allowJs };
  const host = ts.createCompilerHost(options);
  const aliases = aliasReader(root);
  const cache = ts.createModuleResolutionCache(root, (name) => name, options);
  host.resolveModuleNameLiterals = (literals, containing) => {
    const local = { ...options, ...aliases(dirname(containing)) };
    // The shared cache would mix up files whose aliases differ; only folders without any may use it.
    const shared = local.paths ? undefined : cache;
    return literals.map(({ text }) => {
      const found = ts.resolveModuleName(text, containing, local, host, shared);
      const elsewhere = found.resolvedModule ? undefined : find(text, containing);
      return elsewhere === undefined ? found : { ...found, resolvedModule: { resolvedFileName: elsewhere, extension: extensionOf(elsewhere) } };
    });
  };
  return ts.createProgram(files, options, host);
}

/** The compiler's view of a library's types: resolved from a folder that holds a `node_modules`. */
export function findInstalled(folder: string): FindModule {
  const host = ts.createCompilerHost(BASE);
  return (specifier) => (/^[./]/.test(specifier) ? undefined : ts.resolveModuleName(specifier, join(folder, 'index.ts'), BASE, host).resolvedModule?.resolvedFileName);
}

const extensionOf = (file: string): ts.Extension => Object.values(ts.Extension).filter((e) => file.endsWith(e)).sort((a, b) => b.length - a.length)[0] ?? ts.Extension.Ts;

/** Finds `paths` and `baseUrl` of the nearest tsconfig or jsconfig at or above a folder, not above the root. */
function aliasReader(root: string): (folder: string) => Aliases {
  const known = new Map<string, Aliases>();
  return function aliasesOf(folder: string): Aliases {
    const found = known.get(folder);
    if (found) return found;
    const file = ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json'].map((name) => join(folder, name)).find((path) => ts.sys.fileExists(path));
    const own = file === undefined ? undefined : readAliases(file);
    const aliases = own ?? (folder === root || dirname(folder) === folder ? {} : aliasesOf(dirname(folder)));
    known.set(folder, aliases);
    return aliases;
  };
}

/** Nothing when the file names no alias, so that a folder above may. `extends` is followed where it can be read. */
function readAliases(file: string): Aliases | undefined {
  const json = ts.readConfigFile(file, (path) => ts.sys.readFile(path));
  const parsed = ts.parseJsonConfigFileContent(json.config ?? {}, { ...ts.sys, readDirectory: () => [] }, dirname(file));
  const { paths, baseUrl, ...rest } = parsed.options;
  if (!paths && baseUrl === undefined) return undefined;
  // `pathsBasePath` is where `paths` is written; the compiler resolves relative aliases from there.
  const base = 'pathsBasePath' in rest ? { pathsBasePath: rest['pathsBasePath'] } : {};
  return { ...base, ...(paths ? { paths } : {}), ...(baseUrl === undefined ? {} : { baseUrl }) };
}
