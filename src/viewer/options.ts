import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IFigureDefaults } from '../plot/model';

/** How figures look when they are made, and how files are followed; the settings of the extension. */
export interface IViewerOptions extends IFigureDefaults {
  /** Megabytes that the reader of a file may keep in memory. */
  readonly cacheMegabytes: number;
  /** Whether what changed on disk is offered or shown at once. */
  readonly onFileChange: 'ask' | 'follow';
}

/** What holds while no settings were read; equal to the defaults of the schema. */
export const DEFAULT_OPTIONS: IViewerOptions = {
  legend: true,
  points: false,
  lineWidth: 1.5,
  maxPoints: 20000,
  maxTraces: 100,
  cacheMegabytes: 128,
  onFileChange: 'ask'
};

/** The options in force, and a signal for when they change. */
export class ViewerOptions {
  /** The options in force. */
  get current(): IViewerOptions {
    return this._current;
  }

  /** Emitted after the options changed. */
  get changed(): ISignal<this, IViewerOptions> {
    return this._changed;
  }

  /** Take new options. */
  update(options: IViewerOptions): void {
    this._current = options;
    this._changed.emit(options);
  }

  private _current: IViewerOptions = DEFAULT_OPTIONS;
  private _changed = new Signal<this, IViewerOptions>(this);
}
