import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPayload } from '../payload';
import { bundleOf, canned, NAMES } from './canned';

const SCHEMA = join(__dirname, '..', '..', '..', 'docs', 'refs.schema.json');

function schemaTakes(data: unknown): boolean {
  // Its few words mean the same in the draft that this validator knows.
  const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as {
    $schema?: string;
  };
  delete schema.$schema;
  const ajv = new Ajv({ strict: false });
  return ajv.compile(schema)(data);
}

describe('#readPayload()', () => {
  it.each(NAMES.filter(name => !/^(odd|later)-/.test(name)))(
    'should take %s if and only if the schema does',
    name => {
      const data = canned(name);
      const isGood = name.startsWith('good-');
      expect(readPayload(data).kind).toBe(isGood ? 'bundle' : 'bad');
      expect(schemaTakes(data)).toBe(isGood);
    }
  );

  it('should tell a later version from a broken bundle', () => {
    expect(readPayload(canned('later-version'))).toEqual({ kind: 'later' });
  });

  it('should say what is wrong and where', () => {
    expect(readPayload(canned('bad-shape'))).toMatchObject({
      technical: 'groups[0].sections[0].variables[0].shape[0] is no number'
    });
    expect(readPayload(canned('odd-lengths'))).toMatchObject({
      technical: 'drawn[0]: xs and ys are no numbers of one length'
    });
  });

  it('should give the numbers as they are, gaps included', () => {
    const [count, gap] = bundleOf('good-traces').drawn.slice(2);
    expect(Array.from(gap.points?.y ?? [])).toEqual([1, NaN, 3, 4]);
    expect(Array.from(gap.points?.x ?? [])).toEqual([0, NaN, 2, 3]);
    expect(count.points?.exact).toEqual([
      '1',
      '9007199254740993',
      '1152921504606846976'
    ]);
  });

  it('should take each name once, and none that a file cannot hold', () => {
    expect(bundleOf('odd-groups-twice').groups.map(g => g.name)).toEqual(
      bundleOf('good-traces').groups.map(g => g.name)
    );
    expect(bundleOf('odd-names').groups.map(g => g.name)).toEqual(['VecRef']);
  });
});
