import type { TranslationBundle } from '@jupyterlab/translation';
import { DockPanelSvg } from '@jupyterlab/ui-components';
import type { IMessageHandler, Message } from '@lumino/messaging';
import { MessageLoop } from '@lumino/messaging';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';
import { FigureModel } from '../plot/model';
import type { Sentence } from '../plot/notes';
import { PlotView } from '../plot/plot';
import type { RunId } from '../plot/runs';
import type { ITraceSource } from '../plot/traces';
import type { Arrangement } from './arrangement';
import { areaOf, arrangementOf, figuresIn } from './arrangement';
import type { Comparison } from './comparison';
import type { ViewerOptions } from './options';

/** What the figures are made with. */
export interface IFiguresOptions {
  readonly source: ITraceSource;
  /** The same where other files can be compared: the figures draw of these too. */
  readonly comparison?: Comparison | null;
  readonly options: ViewerOptions;
  readonly trans: TranslationBundle;
  readonly sentence: Sentence;
  /** Emitted when the theme changed; figures take their colours anew. */
  readonly themeChanged?: ISignal<unknown, unknown>;
  /** Whether they stand in a page that scrolls. */
  readonly inPage: boolean;
}

/** Marks the tab of the figure to draw in. */
const CURRENT_CLASS = 'jp-NeuronvisioFigures-current';

/**
 * The figures of a file: tabs that can be dragged side by side.
 *
 * There is always at least one, and one of them is the figure to draw in.
 */
export class FigureDock extends DockPanelSvg {
  /** Make the dock with an empty Figure 1. */
  constructor(private readonly _options: IFiguresOptions) {
    super({ tabsConstrained: true, spacing: 4 });
    this.addClass('jp-NeuronvisioFigures');
    this._options.options.changed.connect(this._onOptionsChanged, this);
    _options.comparison?.changed.connect(this._onCompared, this);
    this._current = this._addFigure();
    this._current.title.className = CURRENT_CLASS;
  }

  /** Emitted when another figure became the one to draw in. */
  get currentChanged(): ISignal<this, FigureModel> {
    return this._currentChanged;
  }

  /** Emitted when a figure was added, closed or changed. */
  get figuresChanged(): ISignal<this, void> {
    return this._figuresChanged;
  }

  /** The figure to draw in. */
  get current(): FigureModel {
    return this._current.model;
  }

  /** The figures, by their number. */
  get figures(): readonly FigureModel[] {
    return this._views.map(view => view.model).sort((a, b) => a.id - b.id);
  }

  /** Add an empty figure and draw in it from now on. */
  newFigure(): FigureModel {
    const view = this._addFigure();
    this._setCurrent(view);
    return view.model;
  }

  /** Draw in the figure with this number from now on, and bring it to the front. */
  chooseFigure(id: number): void {
    const view = this._viewOf(id);
    if (view) {
      this.selectWidget(view);
      this._setCurrent(view);
    }
  }

  /** Have figures with these numbers and no others, the first of them to draw in. */
  haveFigures(ids: readonly number[]): readonly FigureModel[] {
    const views = ids.map(id => this._viewOf(id) ?? this._addFigure(id));
    if (views.length > 0) {
      this._setCurrent(views[0]);
    }
    for (const view of this._views.slice()) {
      if (views.length > 0 && !views.includes(view)) {
        view.dispose();
      }
    }
    return views.map(view => view.model);
  }

  /** How the figures lie beside each other and behind each other. */
  get arrangement(): Arrangement | null {
    return arrangementOf(this.saveLayout().main, widget =>
      widget instanceof PlotView ? widget.model.id : null
    );
  }

  /** Put the figures as they lay; nothing is done where that is of other figures. */
  arrange(arrangement: Arrangement): void {
    const ids = figuresIn(arrangement).sort((a, b) => a - b);
    if (ids.join() === this.figures.map(({ id }) => id).join()) {
      this.restoreLayout({
        main: areaOf(arrangement, id => this._viewOf(id))
      });
    }
  }

  /** Show the whole range of the current figure. */
  resetZoom(): void {
    this._current.resetZoom();
  }

  /** Draw every figure anew from the file, or only what is of one of the compared files. */
  refresh(run?: RunId): void {
    for (const view of this._views) {
      view.refresh(run);
    }
  }

  /** Dispose of the figures. */
  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._closing = true;
    for (const view of this._views.slice()) {
      view.dispose();
    }
    Signal.clearData(this);
    super.dispose();
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    this.node.addEventListener('focusin', this, true);
    this.node.addEventListener('pointerdown', this, true);
  }

  protected override onBeforeDetach(msg: Message): void {
    this.node.removeEventListener('focusin', this, true);
    this.node.removeEventListener('pointerdown', this, true);
    super.onBeforeDetach(msg);
  }

  /** Take the figure that is used as the current one. */
  override handleEvent(event: Event): void {
    super.handleEvent(event);
    if (event.type === 'focusin' || event.type === 'pointerdown') {
      const view = this._viewAt(event.target);
      if (view) {
        this._setCurrent(view);
      }
    }
  }

  /** The figure that a click or a focus is in, by its content or by its tab. */
  private _viewAt(target: EventTarget | null): PlotView | null {
    if (!(target instanceof Node)) {
      return null;
    }
    const inside = this._views.find(view => view.node.contains(target));
    if (inside) {
      return inside;
    }
    for (const bar of this.tabBars()) {
      const index = Array.from(bar.contentNode.children).findIndex(tab =>
        tab.contains(target)
      );
      const owner: Widget | undefined = bar.titles[index]?.owner;
      const view = this._views.find(candidate => candidate === owner);
      if (view) {
        return view;
      }
    }
    return null;
  }

  private _viewOf(id: number): PlotView | null {
    return this._views.find(view => view.model.id === id) ?? null;
  }

  /** The least number that no figure has. */
  private _freeId(): number {
    let id = 1;
    while (this._viewOf(id)) {
      id++;
    }
    return id;
  }

  private _addFigure(id = this._freeId()): PlotView {
    const { options, comparison, ...shared } = this._options;
    const { trans } = shared;
    const model = new FigureModel({ id, ...options.current });
    if (comparison) {
      model.setRuns(comparison.runs);
    }
    const source = comparison ?? shared.source;
    const view = new PlotView({ ...shared, source, model });
    view.title.label = trans.__('Figure %1', id);
    view.title.closable = true;
    this._views.push(view);
    MessageLoop.installMessageHook(view, disposeOnClose);
    view.disposed.connect(this._onViewDisposed, this);
    model.changed.connect(this._onFigureChanged, this);
    this.addWidget(view, this._current ? { ref: this._current } : {});
    this.selectWidget(view);
    this._figuresChanged.emit();
    return view;
  }

  private _setCurrent(view: PlotView): void {
    if (view === this._current) {
      return;
    }
    this._current.title.className = '';
    this._current = view;
    this._views = [...this._views.filter(other => other !== view), view];
    view.title.className = CURRENT_CLASS;
    this._currentChanged.emit(view.model);
    this._figuresChanged.emit();
  }

  private _onViewDisposed(view: Widget): void {
    this._views = this._views.filter(candidate => candidate !== view);
    if (this._closing) {
      return;
    }
    if (view === this._current) {
      this._setCurrent(
        this._views[this._views.length - 1] ?? this._addFigure()
      );
    }
    this._figuresChanged.emit();
  }

  private _onFigureChanged(): void {
    this._figuresChanged.emit();
  }

  private _onOptionsChanged(): void {
    for (const view of this._views) {
      view.model.applyOptions(this._options.options.current);
    }
  }

  private _onCompared(comparison: Comparison): void {
    for (const view of this._views) {
      view.model.setRuns(comparison.runs);
    }
  }

  /** The figures, the one used last at the end: it follows a current one that is closed. */
  private _views: PlotView[] = [];
  private _current: PlotView;
  private _closing = false;
  private _currentChanged = new Signal<this, FigureModel>(this);
  private _figuresChanged = new Signal<this, void>(this);
}

/** A closed figure would stay one of the figures: closing alone takes it out of the page only. */
function disposeOnClose(view: IMessageHandler, msg: Message): boolean {
  if (msg.type !== 'close-request' || !(view instanceof PlotView)) {
    return true;
  }
  view.dispose();
  return false;
}
