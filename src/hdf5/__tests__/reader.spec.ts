/**
 * @jest-environment node
 */
import { join } from 'path';
import { ready } from 'h5wasm';
import type { INodeFacts, ITrace } from '../../refs/types';
import { MemoryBytes } from '../bytes';
import { Reader } from '../reader';
import { fileBytes, FIXTURES, openBytes, openFixture } from './fixture';
import { makeNewGroup } from './makerun';

function factsOf(reader: Reader, path: string): INodeFacts {
  const [description] = reader.describe([path]);
  if ('failure' in description) {
    throw new Error(description.failure.technical);
  }
  return description.facts;
}

function draw(reader: Reader, path: string, x: string | null = null): ITrace {
  return reader.trace({
    path,
    x,
    range: null,
    columns: 2000,
    maxPoints: 20000
  });
}

describe('Reader', () => {
  let reader: Reader;
  const open = async (name: string) => {
    reader = await openFixture(name);
    return reader;
  };
  afterEach(() => reader.close());

  describe('#list()', () => {
    it('says what is no group and what is missing, beside what is', async () => {
      await open('small');
      expect(
        reader.list(['/results', '/results/VecRef/x', '/nowhere'])
      ).toMatchObject([
        { names: ['MyGroup', 'SynVecRef', 'VecRef'], total: 3 },
        { failure: { code: 'node-unreadable' } },
        { failure: { code: 'node-missing' } }
      ]);
    });

    it('answers for as many paths as fit in a moment, for one at least', async () => {
      let now = 0;
      reader = new Reader({
        hdf5: await ready,
        bytes: new MemoryBytes(fileBytes(join(FIXTURES, 'small.h5'))),
        access: 'download',
        now: () => (now += 25)
      });
      expect(reader.list(['/', '/', '/', '/', '/'])).toHaveLength(3);
      now = 0;
      expect(reader.describe(['/'])).toHaveLength(1);
    });

    it('asks HDF5 once for each group, however many there are', async () => {
      const results = '/results/VecRef';
      await open('small');
      const [listing] = reader.list([results]);
      const sections = ('names' in listing ? listing.names : [])
        .filter(name => name !== 'x')
        .map(name => `${results}/${name}`);
      const asked = jest.spyOn(await ready, 'get_names');
      const looked = jest.spyOn(await ready, 'get_type');
      const listings = reader.list(sections);
      expect(listings.length).toBeGreaterThan(0);
      expect(asked).toHaveBeenCalledTimes(listings.length);
      expect(looked).not.toHaveBeenCalled();
      jest.restoreAllMocks();
    });
  });

  describe('#describe()', () => {
    it('reads titles of every kind as text', async () => {
      await open('edge/attributes');
      const detail = (name: string) =>
        factsOf(reader, `/results/VecRef/soma/${name}`).detail;
      expect(detail('v')).toBe('variable-length title \u03bc');
      expect(detail('title_number')).toBe('5');
      expect(detail('title_array')).toBe('[one, two]');
      expect(detail('title_latin1')).toBe('caf\u00e9');
      expect(detail('title_pickle')).toBe("(dp0\nS'a'\np1\nI1\ns.");
      expect(detail('title_long')).toHaveLength(10_001);
      expect(factsOf(reader, '/').detail).toBe('');
    });

    it('reads units where the writer knew them', async () => {
      await open('edge/attributes');
      expect(factsOf(reader, '/results/VecRef/soma/v').units).toBe('mV');
      expect(factsOf(reader, '/results/VecRef/x').units).toBeNull();
    });

    it('tells the types apart', async () => {
      await open('edge/shapes');
      const type = (name: string) => {
        const facts = factsOf(reader, `/results/VecRef/soma/${name}`);
        return [facts.dtype, facts.valueClass];
      };
      expect(type('two_d')).toEqual(['float64', 'float']);
      expect(type('strings')).toEqual(['text', 'text']);
      expect(type('compound')).toEqual(['compound', 'other']);
      expect(type('enum')).toEqual(['enum', 'other']);
      expect(type('vlen')).toEqual(['vlen', 'other']);
      expect(type('opaque')).toEqual(['opaque', 'other']);
      expect(type('refs')).toEqual(['reference', 'other']);
    });
  });

  describe('#trace()', () => {
    it('pairs with the x that was asked for', async () => {
      await open('edge/x-mismatch');
      const x = '/results/VecRef/x';
      const trace = draw(reader, '/results/VecRef/soma/v', x);
      expect(trace.pairing).toEqual({ kind: 'x', path: x });
      expect(trace.xFacts?.path).toBe(x);
      expect(trace.extent).toEqual([0, 10]);
      expect(trace.series[0].x[100]).toBe(10);
      expect(draw(reader, '/results/VecRef/soma/short', x)).toMatchObject({
        pairing: { reason: 'x-length', xLength: 101, yLength: 50 },
        xFacts: null,
        extent: [0, 49]
      });
    });

    it('draws against the index where there is no x', async () => {
      await open('edge/missing-x');
      const path = '/results/VecRef/x';
      expect(draw(reader, '/results/VecRef/soma/v', path).pairing).toEqual({
        kind: 'index',
        reason: 'no-x',
        path,
        yLength: 101
      });
    });

    it('draws against the index where x cannot be read', async () => {
      await open('pytables');
      const soma = '/results/VecRef/soma';
      const broken = `${soma}/c_blosc`;
      expect(() => draw(reader, broken)).toThrow(
        /filter-missing.*blosc \(32001\)/
      );
      const [length] = factsOf(reader, broken).shape ?? [];
      const [listing] = reader.list([soma]);
      const names = 'names' in listing ? listing.names : [];
      const good = names
        .map(name => `${soma}/${name}`)
        .find(path => {
          const facts = factsOf(reader, path);
          return (
            facts.dtype === 'float64' &&
            facts.shape?.[0] === length &&
            !/c_/.test(path)
          );
        });
      expect(draw(reader, good ?? '', broken)).toMatchObject({
        pairing: { reason: 'x-unreadable', path: broken },
        xFacts: null
      });
    });

    it('breaks the line at what is not finite', async () => {
      await open('edge/nan-inf');
      const [{ y }] = draw(reader, '/results/VecRef/soma/mixed').series;
      expect([...y].filter(Number.isNaN)).toHaveLength(3);
      expect([...y]).not.toContain(Infinity);
      const bad = '/results/BadX';
      expect(draw(reader, `${bad}/soma/v`, `${bad}/x`).withoutX).toBe(1);
    });

    it('makes one line of each column', async () => {
      await open('edge/shapes');
      const soma = '/results/VecRef/soma';
      const two = draw(reader, `${soma}/two_d`);
      expect(two.series.map(({ column }) => column)).toEqual([0, 1]);
      expect([...two.series[1].y.slice(0, 3)]).toEqual([1, 3, 5]);
      expect(draw(reader, `${soma}/column`).series).toMatchObject([
        { column: null }
      ]);
      const wide = draw(reader, `${soma}/two_d_wide`);
      expect([wide.series.length, wide.columnsTotal, wide.length]).toEqual([
        64, 101, 2
      ]);
    });

    it.each([
      'three_d',
      'scalar',
      'strings',
      'text',
      'compound',
      'enum',
      'refs'
    ])('refuses %s, and says why', async name => {
      await open('edge/shapes');
      expect(() => draw(reader, `/results/VecRef/soma/${name}`)).toThrow(
        /^not-drawable/
      );
    });

    it('keeps 64-bit integers exact', async () => {
      await open('storage');
      const [listing] = reader.list(['/results/VecRef/dtypes']);
      const names = 'names' in listing ? listing.names : [];
      const wide = names
        .map(name => `/results/VecRef/dtypes/${name}`)
        .filter(path => /^u?int64$/.test(factsOf(reader, path).dtype));
      expect(wide.length).toBeGreaterThan(0);
      for (const path of wide) {
        const [{ y, exact }] = draw(reader, path).series;
        expect(exact).toHaveLength(y.length);
        expect(exact?.slice(0, 100)).toEqual(reader.preview(path).values);
        exact?.forEach((text, i) => expect(Number(text)).toBe(y[i]));
      }
    });

    it('gives 64-bit integers of x exactly as text, too, whichever are drawn', async () => {
      const first = 2n ** 53n;
      const length = 40;
      const times = BigInt64Array.from(
        { length },
        (_, i) => first + BigInt(2 * i + 1)
      );
      const v = Float64Array.from(times, (_, i) => i % 7);
      const bytes = await makeNewGroup(0, group => {
        group.create_dataset({ name: 'x', data: times });
        group.create_group('soma').create_dataset({ name: 'v', data: v });
      });
      reader = await openBytes(bytes);
      const of = (columns: number, maxPoints: number) => {
        const [path, x] = ['/results/VecRef/soma/v', '/results/VecRef/x'];
        const request = { path, x, range: null, columns, maxPoints };
        const [series] = reader.trace(request).series;
        return { x: Array.from(series.x), texts: series.exactX ?? [] };
      };
      const all = Array.from(times, time => `${time}`);
      expect(of(2000, 20_000).texts).toEqual(all);
      const some = of(3, 20);
      expect(some.texts.length).toBeLessThan(length);
      expect(some.texts.map(Number)).toEqual(some.x);
      expect(all).toEqual(expect.arrayContaining([...some.texts]));
    });
  });

  describe('#preview()', () => {
    it('shows attributes as text', async () => {
      await open('edge/attributes');
      const { attributes } = reader.preview('/results/VecRef/soma/v');
      const text = Object.fromEntries(
        attributes.map(attribute => [attribute.name, attribute.text])
      );
      expect(text).toMatchObject({
        units: 'mV',
        vlen_list: '[a, b]',
        empty: '',
        big: '1152921504606846976'
      });
      expect(text.numbers).toMatch(/^\[0, 1, 2, .* 11\]$/);
    });

    it('shows values of every type that has a text', async () => {
      await open('edge/shapes');
      const values = (name: string) =>
        reader.preview(`/results/VecRef/soma/${name}`).values;
      expect(values('scalar')).toEqual(['4.5']);
      expect(values('strings')).toEqual(['a', 'bb', '\u03bc']);
      expect(values('text')).toEqual(['a note']);
      expect(values('vlen')).toEqual(['[0, 1, 2]', '[0, 1, 2, 3, 4]']);
      expect(values('compound')).toEqual(['(a: 1, b: 2)', '(a: 3, b: 4)']);
      expect(values('enum')).toEqual(['off (0)', 'on (1)', 'on (1)']);
      expect(values('opaque')).toEqual(['0x000102']);
      expect(values('two_d').slice(0, 3)).toEqual(['0', '1', '2']);
      expect(values('two_d')).toHaveLength(100);
    });

    it('says so where there is none', async () => {
      await open('edge/shapes');
      const preview = reader.preview('/results/VecRef/soma/refs');
      expect([preview.values, preview.failure?.code]).toEqual([
        [],
        'not-drawable'
      ]);
    });

    it('says which filter is missing, and shows the rest', async () => {
      await open('pytables');
      const preview = reader.preview('/results/VecRef/soma/c_blosc');
      expect(preview.failure).toMatchObject({ code: 'filter-missing' });
      expect(preview.values).toEqual([]);
      expect(preview.attributes.length).toBeGreaterThan(0);
    });

    it('cuts a long text', async () => {
      await open('small');
      const { values, total } = reader.preview('/geometry/geom');
      expect(total).toBe(1);
      expect(values[0].length).toBeLessThanOrEqual(10_001);
      expect(values[0]).toContain('<');
    });

    it('tells of groups what there is', async () => {
      await open('small');
      expect(reader.preview('/results')).toMatchObject({
        values: [],
        total: 0,
        failure: null
      });
    });
  });
});
