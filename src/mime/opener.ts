import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { failureOf } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { failureSentence } from '../viewer/message';
import type { IOutputContext, IOutputSetup } from './context';
import type { FileOutcome } from './file';
import { openOutputFile, outputPath, outputState } from './file';
import type { ILineAction, OutputLine } from './line';
import type { IBundleFile } from './payload';
import type { IOpenedFile } from './source';
import type { LineCode } from './words';
import { lineText } from './words';

/** Opens the file; null when it may not be read. */
export type OpenFile = () => Promise<IOpenedFile | null>;

/** Opens the file of an output, and says in its line why it cannot. */
export class OutputFile implements IDisposable {
  /** Know the file of an output; nothing is fetched. */
  constructor(
    private readonly _setup: IOutputSetup,
    private readonly _context: IOutputContext,
    private readonly _line: OutputLine
  ) {
    this._file = _setup.bundle.file;
  }

  /** Emitted with a way to open the file when the user wants it tried again. */
  get againRequested(): ISignal<this, OpenFile> {
    return this._againRequested;
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Forget the listeners; what is still to be opened is closed at once. */
  dispose(): void {
    this._isDisposed = true;
    Signal.clearData(this);
  }

  /** Take the file of a newer state of the same output. */
  setFile(file: IBundleFile | null): void {
    this._file = file;
  }

  /** Open the file; one that changed since the output was made only when that is wanted. */
  async open(evenChanged: boolean): Promise<IOpenedFile | null> {
    const file = this._file;
    if (!file) {
      return null;
    }
    const path = await this._path(file);
    if (path === null || this._isDisposed) {
      this.say('outside');
      return null;
    }
    const { services } = this._context;
    const outcome = await openOutputFile(file, path, services, evenChanged);
    if (!this._isDisposed) {
      return this._tell(outcome);
    }
    if (outcome.kind === 'opened') {
      outcome.file.source.dispose();
    }
    return null;
  }

  /** Show the file in a tab: the user's own step, in a trusted notebook or not. */
  async openTab(drawn: readonly NodePath[]): Promise<void> {
    const file = this._file;
    const { openTab, services, trans } = this._context;
    if (!file || !openTab) {
      return;
    }
    try {
      const path = await this._path(file);
      const state =
        path === null
          ? 'outside'
          : await outputState(file, path, services.contents);
      if (this._isDisposed) {
        return;
      }
      if (path === null || state === 'outside' || state === 'gone') {
        this.say(state === 'gone' ? 'gone' : 'outside');
      } else {
        openTab(path, drawn);
      }
    } catch (reason) {
      if (!this._isDisposed) {
        const failure = failureOf(reason, 'server-gone');
        this._line.say(failureSentence(failure, trans));
      }
    }
  }

  /** Say something about the file in the line. */
  say(code: LineCode, action: ILineAction | null = null): void {
    const name = this._file?.path ?? '';
    this._line.say(lineText(code, name, this._context.trans), action);
  }

  private _tell(outcome: FileOutcome): IOpenedFile | null {
    const { trans } = this._context;
    switch (outcome.kind) {
      case 'opened':
        this._line.clear();
        if (outcome.hasOtherDate) {
          this.say('other-date');
        }
        return outcome.file;
      case 'failed':
        this._line.say(
          failureSentence(outcome.failure, trans),
          this._again(trans.__('Retry'), false)
        );
        return null;
      case 'changed':
        this.say(
          'changed',
          this._again(trans.__('Show the file as it is now'), true)
        );
        return null;
      case 'gone':
        this.say('gone', this._again(trans.__('Retry'), false));
        return null;
    }
  }

  private _again(label: string, evenChanged: boolean): ILineAction {
    const run = () => {
      this._line.clear();
      this._againRequested.emit(() => this.open(evenChanged));
    };
    return { label, run };
  }

  private _path(file: IBundleFile): Promise<string | null> {
    const { contents } = this._context.services;
    return outputPath(file, this._setup.resolver, contents);
  }

  private _file: IBundleFile | null;
  private _isDisposed = false;
  private readonly _againRequested = new Signal<this, OpenFile>(this);
}
