// What the runner says about why it runs: the base of a change, the commit to link to, and whether a fork asked.
import { type Host, HostError } from '#host/host';

export interface RunEvent {
  /** Base commit of a pull request or of a merge queue; absent for everything else. */
  readonly base?: string;
  /** Prefix of links to the analysed files, when everything that it is made of looks as it should. */
  readonly blob?: string;
  /** From a fork or a bot the token may only read: uploading is left to others. */
  readonly readOnly: boolean;
  /** The payload could not be read; the run goes on as if there were none. */
  readonly broken: boolean;
}

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const REPOSITORY = /^[\w.-]+\/[\w.-]+$/;
const SERVER = /^https:\/\/[\w.-]+(?::\d+)?$/;

export function readEvent(host: Host): RunEvent {
  const payload = readPayload(host);
  const name = host.env('GITHUB_EVENT_NAME') ?? '';
  const request = name.startsWith('pull_request') ? member(payload, 'pull_request') : undefined;
  const base = commit(request === undefined ? member(payload, 'merge_group', 'base_sha') : member(request, 'base', 'sha'));
  const head = commit(member(request, 'head', 'sha')) ?? commit(host.env('GITHUB_SHA'));
  const [from, to] = [member(request, 'head', 'repo', 'full_name'), member(request, 'base', 'repo', 'full_name')];
  const [server, repository] = [host.env('GITHUB_SERVER_URL') ?? '', host.env('GITHUB_REPOSITORY') ?? ''];
  return {
    ...(base === undefined ? {} : { base }),
    ...(head !== undefined && SERVER.test(server) && REPOSITORY.test(repository) ? { blob: `${server}/${repository}/blob/${head}/` } : {}),
    // The repository of a deleted fork is null.
    readOnly: (request !== undefined && from !== to) || host.env('GITHUB_ACTOR') === 'dependabot[bot]',
    broken: payload === undefined,
  };
}

/** An empty object without a payload, undefined for one that cannot be read. */
function readPayload(host: Host): unknown {
  const path = host.env('GITHUB_EVENT_PATH');
  if (path === undefined || path === '') return {};
  try {
    return JSON.parse(host.readText(path)) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof HostError) return undefined;
    throw error;
  }
}

function member(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const name of path) at = typeof at === 'object' && at !== null ? (at as Readonly<Record<string, unknown>>)[name] : undefined;
  return at;
}

const commit = (value: unknown): string | undefined => (typeof value === 'string' && COMMIT.test(value) ? value : undefined);
