import type { ReadonlyJSONObject } from '@lumino/coreutils';

/** The text that a command was given; undefined for none. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The texts that a command was given. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter(item => typeof item === 'string')
    : [];
}

/** The object that a command was given; undefined for none. */
export function objectOf(value: unknown): ReadonlyJSONObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as ReadonlyJSONObject)
    : undefined;
}
