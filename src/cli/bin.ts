#!/usr/bin/env node
// The terminal door. Sets the exit code and lets Node leave by itself: exiting would cut what a pipe has not taken yet.
import { tuneForOneRun } from '#host/engine-flags';
import { createNodeHost } from '#host/node-host';
import { main } from './main.ts';

tuneForOneRun();
process.exitCode = await main(createNodeHost(), process.argv.slice(2));
