import { ReadError } from '../refs/failure';
import type { FileSource, IGiven, IWanted } from './protocol';

/** The worker's questions to the page for the files that the opened file links to. */
export class Wants {
  /** Ask by a way to send messages. */
  constructor(private readonly _post: (wanted: IWanted) => void) {}

  /** Ask where a file is, or for all its bytes. */
  ask(file: string, whole: boolean): Promise<FileSource> {
    return new Promise((resolve, reject) => {
      const id = ++this._id;
      this._waiting.set(id, { resolve, reject });
      this._post({ kind: 'wanted', id, file, whole });
    });
  }

  /** Take the page's answer. */
  take({ id, source, failure }: IGiven): void {
    const waiting = this._waiting.get(id);
    this._waiting.delete(id);
    if (source) {
      waiting?.resolve(source);
    } else {
      const none = { code: 'not-found', technical: 'no such file' } as const;
      waiting?.reject(new ReadError(failure ?? none));
    }
  }

  private _id = 0;
  private readonly _waiting = new Map<
    number,
    { resolve(source: FileSource): void; reject(reason: ReadError): void }
  >();
}
