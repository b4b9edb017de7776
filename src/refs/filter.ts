/** What a variable is looked for by. */
export interface IFilterFields {
  readonly group: string;
  readonly section: string;
  readonly variable: string;
  /** Empty while it was not read. */
  readonly detail: string;
}

/** Tells which words of a filter a text matches, as bits. */
type WordMask = (text: string) => number;

/** At most this many words count, one bit each. */
const MAX_WORDS = 24;

const DIGIT = /[0-9]/;

/** The words of a filter, in lower case. */
export function filterWords(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '')
    .slice(0, MAX_WORDS);
}

/**
 * A filter of several words, all of which must match in the group, the
 * section, the variable or the detail.
 *
 * A word matches a part of a text, but a number at its edge matches a whole
 * number only: `10` is not in `dend_100`. A word that is the whole name of a
 * variable of the file matches as a whole name between separators: `v` is not
 * in `VecRef`.
 */
export class Filter {
  /** Make a filter; `variables` are the names, in lower case, of the file's variables. */
  constructor(words: readonly string[], variables: ReadonlySet<string>) {
    this.all = 2 ** words.length - 1;
    const tests = words.map(word =>
      variables.has(word)
        ? (text: string) => hasToken(text, word)
        : (text: string) => hasPart(text, word)
    );
    this._mask = text => {
      const lower = text.toLowerCase();
      let mask = 0;
      tests.forEach((test, index) => {
        if (test(lower)) {
          mask |= 1 << index;
        }
      });
      return mask;
    };
  }

  /** The words that a text matches; ask once for a group or section, not once a variable. */
  mask(text: string): number {
    return text === '' ? 0 : this._mask(text);
  }

  /** The mask of all the words. */
  readonly all: number;

  /** Whether a variable matches. */
  matches(fields: IFilterFields): boolean {
    const mask =
      this.mask(fields.group) |
      this.mask(fields.section) |
      this.mask(fields.variable) |
      this.mask(fields.detail);
    return mask === this.all;
  }

  private _mask: WordMask;
}

function isDigitAt(text: string, index: number): boolean {
  return index >= 0 && index < text.length && DIGIT.test(text[index]);
}

function hasPart(text: string, word: string): boolean {
  const digitFirst = isDigitAt(word, 0);
  const digitLast = isDigitAt(word, word.length - 1);
  for (
    let at = text.indexOf(word);
    at !== -1;
    at = text.indexOf(word, at + 1)
  ) {
    const cutsNumber =
      (digitFirst && isDigitAt(text, at - 1)) ||
      (digitLast && isDigitAt(text, at + word.length));
    if (!cutsNumber) {
      return true;
    }
  }
  return false;
}

const WORD_CHARACTER = /[\p{L}\p{N}]/u;

function hasToken(text: string, word: string): boolean {
  for (
    let at = text.indexOf(word);
    at !== -1;
    at = text.indexOf(word, at + 1)
  ) {
    const before = text[at - 1] ?? '';
    const after = text[at + word.length] ?? '';
    if (!WORD_CHARACTER.test(before) && !WORD_CHARACTER.test(after)) {
      return true;
    }
  }
  return false;
}
