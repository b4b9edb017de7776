/**
 * @jest-environment node
 */
import { checksum } from '../checksum';

describe('checksum()', () => {
  const of = (text: string) => checksum(new TextEncoder().encode(text));

  it('should be that of lookup3', () => {
    expect(of('')).toBe(0xdeadbeef);
    expect(of('Four score and seven years ago')).toBe(0x17770551);
  });

  it('should tell every byte, in a text of any length', () => {
    const text = 'a'.repeat(25);
    const sums = new Set<number>();
    for (let length = 1; length <= text.length; length++) {
      sums.add(of(text.slice(0, length)));
      for (let at = 0; at < length; at++) {
        sums.add(of(`${text.slice(0, at)}b${text.slice(at + 1, length)}`));
      }
    }
    expect(sums.size).toBe(25 + (25 * 26) / 2);
  });
});
