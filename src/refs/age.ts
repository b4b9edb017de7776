import type { IFileAge } from './types';

/** Milliseconds since its last change after which a file's date tells a further one: it may be of whole seconds. */
const DATE_TELLS_AFTER = 2000;

/** Whether a file of this age has another date as soon as it is changed once more. */
export function datesTell({ modified, told }: IFileAge): boolean {
  return told - modified >= DATE_TELLS_AFTER;
}
