const ZERO = 48;
const NINE = 57;

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** The end of the run of digits that begins at a place. */
function digitsEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && isDigit(text.charCodeAt(end))) {
    end++;
  }
  return end;
}

/** Where the digits begin that are not zeros in front. */
function withoutZeros(text: string, start: number, end: number): number {
  let first = start;
  while (first < end - 1 && text.charCodeAt(first) === ZERO) {
    first++;
  }
  return first;
}

/** Compare two runs of digits as numbers, however long. */
function compareDigits(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

function compareLower(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(j);
    if (isDigit(left) && isDigit(right)) {
      const iEnd = digitsEnd(a, i);
      const jEnd = digitsEnd(b, j);
      const order = compareDigits(
        a.slice(withoutZeros(a, i, iEnd), iEnd),
        b.slice(withoutZeros(b, j, jEnd), jEnd)
      );
      if (order !== 0) {
        return order;
      }
      i = iEnd;
      j = jEnd;
    } else if (left !== right) {
      return left - right;
    } else {
      i++;
      j++;
    }
  }
  return a.length - i - (b.length - j);
}

/** Names in natural order: `dend_2` before `dend_10`, the case mattering last. */
export function naturalSort(names: readonly string[]): string[] {
  return names
    .map(name => ({ name, lower: name.toLowerCase() }))
    .sort(
      (a, b) =>
        compareLower(a.lower, b.lower) ||
        (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
    )
    .map(({ name }) => name);
}
