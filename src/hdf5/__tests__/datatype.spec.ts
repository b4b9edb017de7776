/**
 * @jest-environment node
 */
import { isPlainType } from '../datatype';
import type { Reader } from '../reader';
import { openFixture } from './fixture';

const FORMS = ['edge/number-forms', 'edge/number-forms-latest'];

/** What each form of numbers 1, 2.5 or 2, and -3 is shown as in an attribute. */
const SHOWN = {
  float16: '[1, 2.5, -3]',
  float16_big: '[1, 2.5, -3]',
  float32: '[1, 2.5, -3]',
  float32_big: '[1, 2.5, -3]',
  float64: '[1, 2.5, -3]',
  int16: '[1, 2, -3]',
  int32_big: '[1, 2, -3]',
  int64: '[1, 2, -3]',
  array_big: '[[0, 1, 2], [3, 4, 5], [6, 7, 8]]',
  compound: '[(a: 1, b: 1), (a: 2, b: 2.5), (a: -3, b: -3)]',
  compound_big: '[(a: 1, b: 1), (a: 2, b: 2.5), (a: -3, b: -3)]',
  compound_long:
    '[(first: 1, a longer name: 1), (first: 2, a longer name: 2.5), (first: -3, a longer name: -3)]'
};

/** The same for forms that are not shown. */
const NOT_SHOWN = {
  bfloat16: 'unsupported float16 [3]',
  float32_24_bits: 'unsupported float32 [3]',
  float32_bias: 'unsupported float32 [3]',
  float32_no_implied_bit: 'unsupported float32 [3]',
  float64_bias: 'unsupported float64 [3]',
  float64_exponent: 'unsupported float64 [3]',
  int16_12_bits: 'unsupported int16 [3]',
  int16_12_bits_above: 'unsupported int16 [3]',
  int32_24_bits_big: 'unsupported int32 [3]',
  int64_40_bits: 'unsupported int64 [3]',
  array_bias: 'unsupported array [3]',
  compound_12_bits: 'unsupported compound [3]',
  compound_both_orders: 'unsupported compound [3]',
  enum_big: 'unsupported enum [3]'
};

function attributesOf(reader: Reader, path: string): Record<string, string> {
  const { attributes } = reader.preview(path);
  return Object.fromEntries(attributes.map(({ name, text }) => [name, text]));
}

describe.each(FORMS)('numbers of other forms in %s', file => {
  let reader: Reader;
  beforeEach(async () => {
    reader = await openFixture(file);
  });
  afterEach(() => reader.close());

  it('are told of and not shown in attributes', () => {
    expect(attributesOf(reader, '/other/attrs')).toMatchObject({
      committed_float32: '[1, 2.5, -3]',
      committed_float32_bias: 'unsupported float32 [3]',
      ...SHOWN,
      ...NOT_SHOWN
    });
  });

  it('are not shown in attributes that are too many to stand beside each other', () => {
    expect(attributesOf(reader, '/other/many')).toMatchObject({
      note_0: '0',
      note_39: '39',
      ...SHOWN,
      ...NOT_SHOWN
    });
  });

  it.each([
    'array_bias',
    'compound_12_bits',
    'compound_both_orders',
    'enum_big'
  ])('are not shown of %s', name => {
    expect(reader.preview(`/other/${name}`)).toMatchObject({
      facts: {
        dtype: expect.stringMatching(/^unsupported /) as string,
        valueClass: 'other'
      },
      values: [],
      failure: { code: 'type-unsupported' }
    });
  });

  it.each(['compound', 'compound_big', 'compound_long', 'array_big'] as const)(
    'do not keep %s from being shown',
    name => {
      const { values } = reader.preview(`/other/${name}`);
      expect(`[${values.join(', ')}]`).toBe(SHOWN[name]);
    }
  );
});

describe('an x of another form', () => {
  it('is not drawn against', async () => {
    const reader = await openFixture(FORMS[0]);
    const trace = reader.trace({
      path: '/results/VecRef/soma/float64',
      x: '/results/VecRef/soma/float64_bias',
      range: null,
      columns: 100,
      maxPoints: 100
    });
    expect(trace.pairing).toMatchObject({ reason: 'x-not-numeric' });
    reader.close();
  });
});

describe('isPlainType()', () => {
  /** The message of a float of 4 bytes, with some of its bytes changed. */
  const float32 = (changes: Record<number, number> = {}) =>
    Uint8Array.from(
      Object.assign(
        [
          0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0
        ],
        changes
      )
    );

  it('is for the numbers of IEEE, in either order', () => {
    expect(isPlainType(float32())).toBe(true);
    expect(isPlainType(float32({ 1: 0x21 }))).toBe(true);
  });

  it('is against the order of a VAX', () => {
    expect(isPlainType(float32({ 1: 0x61 }))).toBe(false);
  });

  it.each([
    ['no implied one', 1, 0x00],
    ['its sign elsewhere', 2, 30],
    ['an offset', 8, 1],
    ['fewer bits', 10, 31],
    ['its exponent elsewhere', 12, 22],
    ['a shorter exponent', 13, 7],
    ['its fraction elsewhere', 14, 1],
    ['a shorter fraction', 15, 22],
    ['another bias', 16, 126],
    ['a much greater bias', 19, 1]
  ])('is against %s', (_what, at, value) => {
    expect(isPlainType(float32({ [at]: value }))).toBe(false);
  });

  it('throws where a type ends too early, or is none', () => {
    for (let length = 0; length < 20; length++) {
      expect(() => isPlainType(float32().subarray(0, length))).toThrow(
        RangeError
      );
    }
    expect(() => isPlainType(float32({ 0: 0x1e }))).toThrow(RangeError);
  });

  it('throws where types never end', () => {
    const inEachOther = new Uint8Array(8 * 1000).fill(0);
    for (let at = 0; at < inEachOther.length; at += 8) {
      inEachOther[at] = 0x19;
    }
    expect(() => isPlainType(inEachOther)).toThrow(RangeError);
  });
});
