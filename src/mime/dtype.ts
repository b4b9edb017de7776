import type { ValueClass } from '../refs/types';

/** numpy's names of types in the words of the reader. */
export const NODE_TYPES = {
  /** A type as it is shown; texts of any length are `text`. */
  shown(dtype: string): string {
    return /^(\|?[SU<>]|object$|str)/.test(dtype) ? 'text' : dtype;
  },

  /** What the values of a type are. */
  valueClass(dtype: string): ValueClass {
    if (/^float\d+$/.test(dtype)) {
      return 'float';
    }
    if (/^u?int\d+$/.test(dtype)) {
      return 'integer';
    }
    if (/^complex\d+$/.test(dtype)) {
      return 'complex';
    }
    if (dtype === 'bool') {
      return 'boolean';
    }
    return dtype === 'text' ? 'text' : 'other';
  }
} as const;
