// The door of the GitHub Action. Sets the exit code and lets Node leave by itself, so that no output is cut.
import { tuneForOneRun } from '#host/engine-flags';
import { createNodeHost } from '#host/node-host';
import { runAction } from './run-action.ts';

tuneForOneRun();
process.exitCode = await runAction(createNodeHost());
