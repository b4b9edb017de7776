import { isLinkedFileName } from '../refs/filename';
import { ReadError } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { childPath, RESULTS_PATH } from '../refs/layout';
import type { Engine } from './engine';
import { nodeFailure } from './errors';
import { plainPath } from './explain';

/** Names below `/results` at which a link into another file may stand: a group's, a section's or an x's. */
const DEPTH = 2;

/** Where a node lies that a link into another file leads to. */
export interface ILinkedNode {
  /** The file as the link names it: a path from the linking file's folder. */
  readonly file: string;
  /** What the link leads to, in that file. */
  readonly target: NodePath;
  /** The node, in that file: the target or what is below it. */
  readonly path: NodePath;
}

/**
 * The links of a file that may be followed into files beside it.
 *
 * HDF5 only tells what stands in a link; it never follows one.
 */
export class Links {
  /** Look for links in an open file. */
  constructor(private readonly _engine: Engine) {}

  /** Where a node lies; null when it is in the file itself, or where no link may be followed. */
  find(path: NodePath): ILinkedNode | null {
    const prefix = `${RESULTS_PATH}/`;
    if (!path.startsWith(prefix)) {
      return null;
    }
    const names = path.slice(prefix.length).split('/');
    let at = RESULTS_PATH;
    for (const [i, name] of names.slice(0, DEPTH).entries()) {
      at = childPath(at, name);
      const link = this._linkAt(at);
      if (link) {
        const node = names.slice(i + 1).reduce(childPath, link.target);
        return { ...link, path: node };
      }
    }
    return null;
  }

  /** What stands at a place; what cannot be told has its failure told when it is read. */
  private _linkAt(path: NodePath): Omit<ILinkedNode, 'path'> | null {
    const known = this._known.get(path);
    if (known !== undefined) {
      return known;
    }
    let link: Omit<ILinkedNode, 'path'> | null = null;
    try {
      // Thousands of sections stand in one group.
      const external = this._engine.headers.isInFile(path)
        ? null
        : this._engine.externalLink(path);
      if (external && isLinkedFileName(external.file)) {
        link = { file: external.file, target: plainPath(external.target) };
      }
    } catch (reason) {
      nodeFailure(reason);
    }
    this._known.set(path, link);
    return link;
  }

  private readonly _known = new Map<
    NodePath,
    Omit<ILinkedNode, 'path'> | null
  >();
}

/** Assert that only hard links lead to a node: a link's target is not followed further. */
export function assertHardLinks(engine: Engine, path: NodePath): void {
  let at = '/';
  for (const name of path.split('/').filter(part => part !== '')) {
    at = childPath(at, name);
    if (engine.softLink(at) !== null || engine.externalLink(at)) {
      const technical = `${at} is a link itself`;
      throw new ReadError({ code: 'external-link', path, technical });
    }
  }
}
