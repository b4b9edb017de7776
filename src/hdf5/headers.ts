import type { NodePath } from '../refs/layout';
import {
  DETAIL_ATTRIBUTE,
  nodeName,
  parentPath,
  UNITS_ATTRIBUTE
} from '../refs/layout';
import { nodeFailure } from './errors';
import { Fields } from './fields';
import type { HardLinks } from './grouplinks';
import type { IHeaderFacts } from './headerfacts';
import { HeaderFacts } from './headerfacts';
import { Newest } from './newest';
import { isWanted } from './rounds';
import type { Session } from './session';

/** Bytes of an object's address, as HDF5 tells it. */
const ADDRESS = 8;
/** Groups of which the links are remembered: sections are listed before what is in them is looked at. */
const MOST_GROUPS = 1024;
/** Questions about the links of one group after which all of them are read, be they ever so many. */
const MANY = 100;

/** What is known of the links of a group. */
interface IGroup {
  links: HardLinks | null;
  asked: number;
  isWhole: boolean;
}

/** Where the headers of a file's nodes lie, and what these tell. */
export class Headers {
  /** Look at the headers of a session's file. */
  constructor(private readonly _session: Session) {
    this._facts = new HeaderFacts(_session.bytes, [
      DETAIL_ATTRIBUTE,
      UNITS_ATTRIBUTE
    ]);
  }

  /** Where the header of a node lies, links inside the file followed. */
  address(path: NodePath): number {
    return this._addresses.of(
      path,
      () => this._target(path) ?? this._ask(path)
    );
  }

  /** What the header of a node tells; null where HDF5 is to be asked. */
  facts(path: NodePath): IHeaderFacts | null {
    const address = this._addressOrNull(path);
    return address === null ? null : this._facts.at(address);
  }

  /** The names in a group whose header tells them; null where HDF5 is to be asked. */
  names(path: NodePath): string[] | null {
    const { links } = this._group(path);
    return links && [...links.keys()].sort();
  }

  /** Whether no link into another file stands at a path; false where HDF5 is to be asked. */
  isInFile(path: NodePath): boolean {
    return (
      this._target(path) !== undefined ||
      this._isOld.of(
        parentPath(path),
        group => this.facts(group)?.isOldGroup ?? false
      )
    );
  }

  /** The header that a hard link leads to; undefined where HDF5 is to be asked. */
  private _target(path: NodePath): number | undefined {
    if (path === '/') {
      return undefined;
    }
    const parent = parentPath(path);
    const group = this._group(parent);
    group.asked += 1;
    if (!group.links && !group.isWhole && group.asked > MANY) {
      group.links = this._links(parent, true);
      group.isWhole = true;
    }
    return group.links?.get(nodeName(path));
  }

  private _group(path: NodePath): IGroup {
    return this._groups.of(path, () => {
      return { links: this._links(path, false), asked: 0, isWhole: false };
    });
  }

  private _links(path: NodePath, all: boolean): HardLinks | null {
    if (!this._facts.mayTellLinks) {
      return null;
    }
    const address = this._addressOrNull(path);
    return address === null ? null : this._facts.links(address, all);
  }

  private _addressOrNull(path: NodePath): number | null {
    try {
      return this.address(path);
    } catch (reason) {
      if (isWanted(reason)) {
        throw reason;
      }
      // HDF5 tells what is wrong when it is asked what the node is.
      nodeFailure(reason);
      return null;
    }
  }

  private _ask(path: NodePath): number {
    const reference = this._session.call(path, (hdf5, file) =>
      hdf5.create_object_reference(file, path)
    );
    return new Fields(Uint8Array.from(reference)).number(ADDRESS);
  }

  private readonly _facts: HeaderFacts;
  private readonly _addresses = new Newest<NodePath, number>();
  private readonly _groups = new Newest<NodePath, IGroup>(MOST_GROUPS);
  private readonly _isOld = new Newest<NodePath, boolean>();
}
