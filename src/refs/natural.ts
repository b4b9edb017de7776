/** Digits that the key of a name may count in one run; longer runs share the last place. */
const LONGEST_RUN = 0xffff;

/**
 * A text whose order by code units is the natural order of a name.
 *
 * Each run of digits is preceded by its length without leading zeros, so that
 * longer numbers come later. The `0` in front keeps numbers where digits stand.
 */
function naturalKey(name: string): string {
  return name.toLowerCase().replace(/[0-9]+/g, run => {
    const digits = run.replace(/^0+(?=.)/, '');
    const length = Math.min(digits.length, LONGEST_RUN);
    return `0${String.fromCharCode(length)}${digits}`;
  });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Compare names the way a person counts: `dend_2` before `dend_10`, in any letter case. */
export function compareNatural(a: string, b: string): number {
  return compareText(naturalKey(a), naturalKey(b)) || compareText(a, b);
}

/** Names in natural order; names that read the same are ordered by code unit. */
export function sortNatural(names: readonly string[]): string[] {
  const keyed = names.map(name => ({ name, key: naturalKey(name) }));
  keyed.sort(
    (a, b) => compareText(a.key, b.key) || compareText(a.name, b.name)
  );
  return keyed.map(({ name }) => name);
}
