import { URLExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';

/** What stands around a file's path in its address. */
interface IAround {
  readonly before: string;
  readonly after: string;
}

/** A path of which only the address is asked for. */
const ANY = 'a.h5';

/**
 * Tells where a file most likely lies, by where another of its drive does.
 *
 * The contents manager answers only after all that JupyterLab does for a new
 * tab; a file can be asked for before, and what comes is used only where the
 * manager then says the same.
 */
export class Addresses {
  /** Know nothing yet. */
  constructor(
    private readonly _contents: Pick<
      Contents.IManager,
      'driveName' | 'getDownloadUrl' | 'localPath'
    >
  ) {}

  /** Find out where the files of the server's own drive lie, before one is opened. */
  async learn(): Promise<void> {
    try {
      this.note(ANY, await this._contents.getDownloadUrl(ANY));
    } catch {
      // It is told of the file that is opened.
    }
  }

  /** Take note of the address of a file. */
  note(path: string, address: string): void {
    const drive = this._contents.driveName(path);
    const end = address.search(/[?#]|$/);
    const file = this._encoded(path);
    const isAtEnd = file !== '' && address.slice(0, end).endsWith(`/${file}`);
    const before = address.slice(0, end - file.length);
    const after = address.slice(end);
    const known = this._around.get(drive);
    const isSame =
      known === undefined ||
      (known?.before === before && known.after === after);
    this._around.set(drive, isAtEnd && isSame ? { before, after } : null);
  }

  /** The address that a file most likely has; null where that cannot be told. */
  likely(path: string): string | null {
    const around = this._around.get(this._contents.driveName(path));
    const file = this._encoded(path);
    return around && file !== ''
      ? `${around.before}${file}${around.after}`
      : null;
  }

  private _encoded(path: string): string {
    return URLExt.encodeParts(this._contents.localPath(path));
  }

  /** By the drive; null where each file has something of its own in its address. */
  private _around = new Map<string, IAround | null>();
}
