import type { IRefNames } from './layout';

/** Words beyond these are ignored: each is one bit of a number. */
const MOST_WORDS = 30;

const DIGIT = /[0-9]/;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** The index of a section as NEURON writes it, `dend[10]`. */
const INDEX = /\[([0-9]+)\]/g;

interface IWord {
  /** What to look for: the word, and the word as it is in the file if that differs. */
  readonly texts: readonly string[];
  /** Whether it must stand alone, as the name of a variable does. */
  readonly whole: boolean;
}

/** The words of a filter's text, in lower case; `amp=0.4` is two, as in `amp = 0.4`. */
export function filterWords(text: string): string[] {
  const words = text
    .toLowerCase()
    .split(/[\s=]+/)
    .filter(Boolean);
  return [...new Set(words)].slice(0, MOST_WORDS);
}

/**
 * The words that a variable's names and detail must match, in any letter case.
 *
 * A word is a part of a name, but digits at its edge are a whole number, and a
 * word that is the name of a variable stands alone. A field's matches are the
 * bits of a number, so that what many variables share is looked at once.
 */
export class Filter {
  /** Make a filter of its words and the names of the file's variables, both in lower case. */
  constructor(words: readonly string[], variables: ReadonlySet<string>) {
    this._words = words.slice(0, MOST_WORDS).map(word => ({
      texts: [...new Set([word, word.replace(INDEX, '_$1')])],
      whole: variables.has(word)
    }));
    this.all = 2 ** this._words.length - 1;
    this._variables = this._words.reduce(
      (bits, { whole }, i) => (whole ? bits | (1 << i) : bits),
      0
    );
  }

  /** The bits of all the words. */
  readonly all: number;

  /** The words that one field matches, a bit each. */
  mask(field: string): number {
    if (field === '') {
      return 0;
    }
    const text = field.toLowerCase();
    let bits = 0;
    for (let i = 0; i < this._words.length; i++) {
      const { texts, whole } = this._words[i];
      if (texts.some(word => occurs(word, text, whole))) {
        bits |= 1 << i;
      }
    }
    return bits;
  }

  /** The words that the detail of a group matches: a name of a variable in it, as in `v_init = -65`, is none. */
  groupMask(detail: string): number {
    return this.mask(detail) & ~this._variables;
  }

  /** Whether the names and the detail of a variable match all the words between them. */
  matches(names: IRefNames, detail: string): boolean {
    const bits =
      this.mask(names.group) |
      this.mask(names.section) |
      this.mask(names.variable) |
      this.mask(detail);
    return bits === this.all;
  }

  private readonly _words: readonly IWord[];
  /** The bits of the words that are names of variables. */
  private readonly _variables: number;
}

/** How many words a mask is of. */
export function matchedWords(mask: number): number {
  let words = 0;
  for (let left = mask; left !== 0; left &= left - 1) {
    words += 1;
  }
  return words;
}

/** Whether a word is in a text, its edges being edges in the text where they have to be. */
function occurs(word: string, text: string, whole: boolean): boolean {
  let at = text.indexOf(word);
  while (at >= 0) {
    const end = at + word.length;
    if (
      isEdge(text.charAt(at - 1), word.charAt(0), whole) &&
      isEdge(text.charAt(end), word.charAt(word.length - 1), whole)
    ) {
      return true;
    }
    at = text.indexOf(word, at + 1);
  }
  return false;
}

/** Whether a word may end in `inner` where the text goes on with `outer`. */
function isEdge(outer: string, inner: string, whole: boolean): boolean {
  if (outer === '') {
    return true;
  }
  if (whole) {
    return !LETTER_OR_DIGIT.test(outer);
  }
  return !(DIGIT.test(inner) && DIGIT.test(outer));
}
