import { failureOf, ReadError } from '../refs/failure';

/** Throw why work was stopped, if it was. */
export function assertRunning(signal: AbortSignal): void {
  if (signal.aborted) {
    throw reasonOf(signal);
  }
}

/** Why work was stopped. */
function reasonOf(signal: AbortSignal): ReadError {
  return new ReadError(failureOf(signal.reason, 'cancelled'));
}

/** A promise that is not waited for once its work was stopped. */
export function unlessStopped<T>(
  work: Promise<T>,
  signal: AbortSignal
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(reasonOf(signal));
    signal.addEventListener('abort', stop, { once: true });
    // The signal lives on, and would keep what the work found.
    const settled = () => signal.removeEventListener('abort', stop);
    work.finally(settled).then(resolve, reject);
  });
}
