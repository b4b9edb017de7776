import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IBundle } from '../payload';
import { readPayload } from '../payload';

const FOLDER = join(__dirname, '..', '..', '..', 'fixtures', 'bundles');

/** The names of the canned bundles. */
export const NAMES = readdirSync(FOLDER).map(name => name.replace('.json', ''));

/** What a canned bundle's file holds. */
export function canned(name: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));
}

/** A canned bundle that is good. */
export function bundleOf(name: string): IBundle {
  const payload = readPayload(canned(name));
  if (payload.kind !== 'bundle') {
    throw new Error(`${name} is ${JSON.stringify(payload)}`);
  }
  return payload.bundle;
}
