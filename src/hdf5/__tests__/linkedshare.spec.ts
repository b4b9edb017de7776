/**
 * @jest-environment node
 */
import { join } from 'path';
import { fileBytes, FIXTURES, sectionsFile } from './fixture';
import { LinkedFolder } from './folder';

const RUNS = ['run_2', 'run_10'];

/** The master of a sweep over two runs of 400 sections in the original's layout. */
function sweep(): LinkedFolder {
  const run = sectionsFile('plain');
  const master = fileBytes(join(FIXTURES, 'linked', 'sweep.h5'));
  return new LinkedFolder(
    new Map([
      ['sweep.h5', master],
      ...RUNS.map((name): [string, Uint8Array] => [`runs/${name}.h5`, run])
    ])
  );
}

// How much fits in a moment is not what is counted.
beforeEach(() => jest.spyOn(performance, 'now').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

describe('the files of a sweep', () => {
  it('are searched by few requests where they are few', async () => {
    const folder = sweep();
    await folder.open('sweep.h5');
    for (const run of RUNS) {
      const sections = Array.from(
        { length: 400 },
        (_, i) => `/results/${run}/dend_${i}`
      );
      let rest = sections;
      while (rest.length > 0) {
        const answers = await folder.call('list', rest.slice(0, 100));
        expect(answers.length).toBeGreaterThan(0);
        answers.forEach(answer =>
          expect(answer).toMatchObject({ names: ['v'] })
        );
        const had = new Set(answers.map(({ path }) => path));
        rest = rest.filter(path => !had.has(path));
      }
    }
    for (const run of RUNS) {
      const { seen } = folder.files.get(`runs/${run}.h5`)!;
      expect(seen.length).toBeLessThan(6);
    }
  });
});
