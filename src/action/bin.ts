// The door of the GitHub Action. Sets the exit code and lets Node leave by itself, so that no output is cut.
import { createNodeHost } from '#host/node-host';
import { runAction } from './run-action.ts';

process.exitCode = await runAction(createNodeHost());
