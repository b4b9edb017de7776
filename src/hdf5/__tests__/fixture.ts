import { createHash } from 'crypto';
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { ready } from 'h5wasm';
import { gunzipSync } from 'zlib';
import { MemoryBytes } from '../bytes';
import { Reader } from '../reader';

/** Where the test files are. */
export const FIXTURES = join(__dirname, '../../../fixtures');

/** What a fixture's `.expected.json` says of one dataset. */
export interface IExpectedDataset {
  shape?: number[] | null;
  dtype?: string;
  numeric?: boolean;
  text?: string | string[];
  read_error?: string;
  /** Its numbers are of a form that the viewer does not show. */
  unsupported?: boolean;
  sha256?: string;
  len?: number;
  first?: string;
  last?: string;
  min?: string;
  max?: string;
}

/** What it says of one child of a group. */
export interface IExpectedChild extends IExpectedDataset {
  name: string;
  link?: 'soft' | 'external';
  dangling?: boolean;
  group?: boolean;
  other?: string;
  title?: string | null | { raw?: string; raw_hex?: string };
}

/** What it says of one group of the results. */
export interface IExpectedGroup extends IExpectedChild {
  not_a_group?: boolean;
  x?: IExpectedDataset | null;
  sections?: { name: string; link?: string; vars: IExpectedChild[] }[];
  direct?: IExpectedChild[];
}

/** The whole of an `.expected.json`. */
export interface IExpected {
  root: string[];
  geometry: { shape: number[]; bytes: number; sha256: string } | null;
  groups: IExpectedGroup[] | null;
  tree?: [string, 'group' | 'dataset' | 'type'][];
}

/** The names of the fixtures in a folder that end so, without that ending. */
export function fixtureNames(folder: string, ending: string): string[] {
  return readdirSync(join(FIXTURES, folder))
    .filter(name => name.endsWith(ending))
    .map(name => join(folder, name.slice(0, -ending.length)))
    .sort();
}

/** The bytes of a file. */
export function fileBytes(path: string): Uint8Array {
  return new Uint8Array(readFileSync(path));
}

/** A file of many sections, unpacked. */
export function sectionsFile(name: string): Uint8Array {
  const path = join(FIXTURES, 'sections', `${name}.h5.gz`);
  return new Uint8Array(gunzipSync(readFileSync(path)));
}

/** What must be found in a fixture. */
export function expectedOf(name: string): IExpected {
  const text = readFileSync(join(FIXTURES, `${name}.expected.json`), 'utf8');
  return JSON.parse(text) as IExpected;
}

/** Open a file with the reader of the product. */
export function openFile(path: string): Promise<Reader> {
  return openBytes(fileBytes(path));
}

/** The same of a file in memory. */
export async function openBytes(bytes: Uint8Array): Promise<Reader> {
  return new Reader({
    hdf5: await ready,
    bytes: new MemoryBytes(bytes),
    access: 'download'
  });
}

/** Open a fixture by its name. */
export function openFixture(name: string): Promise<Reader> {
  return openFile(join(FIXTURES, `${name}.h5`));
}

/** The SHA-256 of bytes. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
