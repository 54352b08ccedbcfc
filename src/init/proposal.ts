// From what was seen to the files to write. Each is whole and valid as it stands; what is only a guess stands in it as a comment.
import type { Sightings } from '#model/sightings';
import { settingsText } from './settings-text.ts';
import type { Surroundings } from './surroundings.ts';
import { workflowText } from './workflow-text.ts';

export interface ProposedFile {
  /** Relative to the root. */
  readonly path: string;
  readonly what: string;
  readonly text: string;
  /** What is left to do by hand, if anything. */
  readonly then?: string;
}

export interface Proposal {
  readonly files: readonly ProposedFile[];
  readonly hints: readonly string[];
}

const SETTINGS_FILE = 'fiduciary.yaml';
const WORKFLOW_FILE = '.github/workflows/fiduciary.yml';
const ESLINT_FILE = 'fiduciary.eslint.mjs';

export function propose(seen: Sightings, around: Surroundings, version: string): Proposal {
  const installed = seen.dependencies.includes('fiduciary');
  const usesEslint = around.eslint !== undefined || around.eslintrc !== undefined || seen.dependencies.includes('eslint');
  return {
    files: [
      { path: SETTINGS_FILE, what: 'settings', text: settingsText(seen) },
      ...(usesEslint ? [{ path: ESLINT_FILE, what: 'ESLint', text: ESLINT_TEXT, then: eslintStep(around) }] : []),
      ...(around.usesGitHub ? [{ path: WORKFLOW_FILE, what: 'workflow', text: workflowText(around, installed, version) }] : []),
    ],
    hints: [
      ...(around.hasManifest && !installed ? [`Install it, so that the lockfile pins its version: ${addCommand(around)}`] : []),
      ...(around.usesGitHub ? [] : [`In ${around.pipelines.join(' and ') || 'your pipeline'}: npx fiduciary scan --diff origin/${around.branch}`]),
      ...(openFindings(seen) > 0 ? [`${openFindings(seen)} findings are there today. To begin with new ones only: fiduciary baseline, then name the file in ${SETTINGS_FILE}`] : []),
    ],
  };
}

const openFindings = ({ effects }: Sightings): number => (effects.deny ?? 0) + (effects.require_approval ?? 0) + (effects.warn ?? 0);

const ESLINT_TEXT = `// Written by \`fiduciary init\`: the findings of Fiduciary in the editor. They equal those of \`fiduciary scan\`.
import fiduciary from 'fiduciary/eslint';

export default [fiduciary.configs.recommended].flat();
`;

function eslintStep({ eslint, eslintrc }: Surroundings): string {
  // Node loads a module by `require` since the oldest version that we run on.
  const taken = /\.c[jt]s$/.test(eslint ?? '') ? `const { default: fiduciary } = require('./${ESLINT_FILE}')` : `import fiduciary from './${ESLINT_FILE}'`;
  const add = `${taken} and add ...fiduciary to the exported list`;
  if (eslint !== undefined) return `in ${eslint}: ${add}`;
  return eslintrc === undefined ? `in a new eslint.config.mjs: ${add}` : `${eslintrc} is the old form, which ESLint 10 does not read; in an eslint.config.mjs: ${add}`;
}

function addCommand({ manager = 'npm' }: Surroundings): string {
  return manager === 'npm' ? 'npm install --save-dev fiduciary' : `${manager} add ${manager === 'pnpm' ? '-D' : '--dev'} fiduciary`;
}
