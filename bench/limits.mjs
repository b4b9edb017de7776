import { join } from 'node:path';

import { python } from '../scripts/paths.mjs';
import { run } from '../scripts/process.mjs';

/** What h5py needs for the same, in milliseconds, by name. */
export async function limits(files) {
  const args = [join('bench', 'limits.py'), files];
  const stdout = await run('bench-limits', python, args);
  return JSON.parse(stdout.trim().split('\n').pop());
}
