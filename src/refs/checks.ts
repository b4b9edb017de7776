/**
 * Checks of data that somebody else wrote: what passes is of the type that it
 * is taken for, and anything else is a `CheckError` that names the place.
 */

/** An object whose fields are not known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** Takes a value for something, or throws a `CheckError` that names where it stands. */
export type Check<T> = (value: unknown, at: string) => T;

/** Data are not what they should be; the message says where. */
export class CheckError extends Error {}

/** A field of an object, which must be there. */
export function field<T>(
  fields: Fields,
  at: string,
  key: string,
  check: Check<T>
): T {
  return check(fields[key], at === '' ? key : `${at}.${key}`);
}

/** A field of an object; null where it is absent. */
export function optional<T>(
  fields: Fields,
  at: string,
  key: string,
  check: Check<T>
): T | null {
  return fields[key] === undefined ? null : field(fields, at, key, check);
}

/** An object with any fields. */
export function object(value: unknown, at: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CheckError(`${at} is no object`);
  }
  return value as Fields;
}

/** A list of what a check takes. */
export function list<T>(check: Check<T>): Check<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) {
      throw new CheckError(`${at} is no list`);
    }
    return value.map((item, i) => check(item, `${at}[${i}]`));
  };
}

/** A text. */
export function text(value: unknown, at: string): string {
  if (typeof value !== 'string') {
    throw new CheckError(`${at} is no text`);
  }
  return value;
}

/** A text that is not empty. */
export function name(value: unknown, at: string): string {
  if (text(value, at) === '') {
    throw new CheckError(`${at} is empty`);
  }
  return text(value, at);
}

/** A finite number. */
export function number(value: unknown, at: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new CheckError(`${at} is no number`);
  }
  return value;
}

/** A whole number from 0. */
export function count(value: unknown, at: string): number {
  const found = number(value, at);
  if (!Number.isInteger(found) || found < 0) {
    throw new CheckError(`${at} is no count`);
  }
  return found;
}

/** Two numbers. */
export function range(value: unknown, at: string): readonly [number, number] {
  const ends = list(number)(value, at);
  if (ends.length !== 2) {
    throw new CheckError(`${at} has not two ends`);
  }
  return [ends[0], ends[1]];
}

/** A list of no more than so many, so that no more are looked at. */
export function few<T>(check: Check<T>, most: number): Check<readonly T[]> {
  return (value, at) => {
    if (Array.isArray(value) && value.length > most) {
      throw new CheckError(`${at} has more than ${most}`);
    }
    return list(check)(value, at);
  };
}

/** What a check takes, or null. */
export function orNull<T>(check: Check<T>): Check<T | null> {
  return (value, at) => (value === null ? null : check(value, at));
}

/** A truth value. */
export function flag(value: unknown, at: string): boolean {
  if (typeof value !== 'boolean') {
    throw new CheckError(`${at} is neither true nor false`);
  }
  return value;
}
