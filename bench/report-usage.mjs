// Loaded into a measured process with --import: writes what it has used to the file named by BENCH_USAGE when it ends.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  if (process.env.BENCH_USAGE) writeFileSync(process.env.BENCH_USAGE, JSON.stringify({ maxRSS, cpu: (userCPUTime + systemCPUTime) / 1000 }));
});
