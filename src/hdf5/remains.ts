import { ArrayCache } from './arraycache';
import { KnownLists } from './knownlists';
import { LIMITS } from './limits';
import type { LinkedFiles } from './linkedfiles';
import type { LinkedReader } from './linkedreader';

/**
 * What stays of a file until it is opened anew: what is known of its groups,
 * and the files that it links to, of which nothing is read again if they did
 * not change.
 */
export class Remains {
  /** Close an opened file; what it links to stays. */
  leave(reader: LinkedReader | null): void {
    if (reader) {
      this._isRead = true;
      this._files?.closeAll();
      this._files = reader.closeOpened();
    }
  }

  /** Where the arrays of a file at an address are kept by a reader that may keep so many bytes of all, with those that stayed; nothing stays for another address, or for none. */
  arrays(address: string | null, cacheBytes: number): ArrayCache {
    if (address === null || address !== this._address) {
      this._files?.closeAll();
      this._files = null;
      this._arrays = null;
      this._lists = new KnownLists();
      this._isRead = false;
    }
    this._address = address;
    const { arrays, slabs } = LIMITS.cacheShares;
    const shares = [cacheBytes * arrays, cacheBytes * slabs] as const;
    this._arrays ??= new ArrayCache(...shares);
    this._arrays.renew(...shares);
    return this._arrays;
  }

  /** The linked files that stayed, for the file that is open now. */
  take(): LinkedFiles | null {
    const files = this._files;
    this._files = null;
    return files;
  }

  /** The lists that are known of the file's groups. */
  get lists(): KnownLists {
    return this._lists;
  }

  /** Whether the file at the address was open before. */
  get isAgain(): boolean {
    return this._isRead;
  }

  private _isRead = false;
  private _lists = new KnownLists();
  private _address: string | null = null;
  private _arrays: ArrayCache | null = null;
  private _files: LinkedFiles | null = null;
}
