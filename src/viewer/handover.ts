import type { NodePath } from '../refs/layout';

const KEY = 'jupyterlab-neuronvisio:draw';

/** Milliseconds in which another page has to ask. */
const PATIENCE = 60_000;

interface ILeft {
  readonly path: string;
  readonly drawn: readonly NodePath[];
  readonly time: number;
}

/**
 * Leave the variables to draw for the page that opens a file next.
 *
 * Jupyter Notebook opens a file in a page of its own, which gets its path alone.
 */
export function leaveDrawn(path: string, drawn: readonly NodePath[]): void {
  const left: ILeft = { path, drawn, time: Date.now() };
  try {
    localStorage.setItem(KEY, JSON.stringify(left));
  } catch (reason) {
    console.warn('The traces to draw could not be handed over.', reason);
  }
}

/** Take what was left for a file; nothing when that was for another one, or long ago. */
export function takeDrawn(path: string): readonly NodePath[] {
  try {
    const left = JSON.parse(
      localStorage.getItem(KEY) ?? 'null'
    ) as Partial<ILeft> | null;
    if (!left || left.path !== path) {
      return [];
    }
    localStorage.removeItem(KEY);
    const isFresh = Date.now() - (left.time ?? 0) < PATIENCE;
    return isFresh && Array.isArray(left.drawn)
      ? left.drawn.filter(item => typeof item === 'string')
      : [];
  } catch (reason) {
    console.warn('The traces to draw could not be taken over.', reason);
    return [];
  }
}
