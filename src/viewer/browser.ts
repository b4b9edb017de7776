import '../../style/viewer.css';
import '../../style/tree.css';
import '../../style/plot.css';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import type { Message } from '@lumino/messaging';
import { SplitPanel, Widget } from '@lumino/widgets';
import type { IResultSource } from '../hdf5/source';
import { loadPlotlySoon } from '../plot/loader';
import type { FigureModel } from '../plot/model';
import { OPENED } from '../plot/runs';
import { rehearseSoon } from '../plot/rehearsal';
import type { IFailure } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import type { IFileSummary } from '../refs/types';
import { comparedSentence } from './comparedmessage';
import { ComparedStrip } from './comparedstrip';
import type { IOtherFiles } from './comparison';
import { Comparison } from './comparison';
import { Contents } from './contents';
import { DetailsPane } from './details';
import { FigureDock } from './figures';
import type { IWatch } from './freshness';
import type { ViewerOptions } from './options';
import type { IPaneSizes } from './sizes';
import { ResultTree } from './tree';
import { TreeModel } from './treemodel';

/** Below this width, in pixels, the tree stands above the figures. */
const NARROW_WIDTH = 480;

/** The same where there is little height for that. */
const COMPACT_NARROW_WIDTH = 360;

/** What the browser of an open file is made with. */
export interface IBrowserOptions {
  readonly source: IResultSource;
  /** The files to compare with; none are where it or `watch` is absent. */
  readonly others?: IOtherFiles;
  /** When changes of these are looked for, and what is done then. */
  readonly watch?: IWatch;
  readonly summary: IFileSummary;
  readonly options: ViewerOptions;
  readonly trans: TranslationBundle;
  readonly sentence: (failure: IFailure) => string;
  readonly themeChanged?: ISignal<unknown, unknown>;
  readonly sizes: IPaneSizes;
  /** Called with the sizes after the user dragged a border; those of an output are its own. */
  readonly onSizes: (sizes: IPaneSizes) => void;
  /** Whether it stands in a page that scrolls: without details, and the wheel is the page's. */
  readonly compact?: boolean;
}

/**
 * The tree, the details and the figures of one open file.
 *
 * The selected variables of the tree are what the current figure draws; a
 * trace removed from the figure is deselected, and another current figure
 * brings its own selection.
 */
export class ResultBrowser extends SplitPanel {
  /** Show an open file. */
  constructor(options: IBrowserOptions) {
    super({ orientation: 'horizontal', spacing: 1 });
    this.addClass('jp-NeuronvisioBrowser');
    const { source, summary, trans, sentence, themeChanged } = options;
    const { others, watch } = options;
    this._narrowWidth = options.compact ? COMPACT_NARROW_WIDTH : NARROW_WIDTH;
    this.contents = new Contents({ source, summary });
    this.model = new TreeModel({ contents: this.contents });
    this.tree = new ResultTree({ model: this.model, trans, sentence });
    this.comparison =
      others && watch ? new Comparison(source, others, watch) : null;
    this.comparedStrip = this.comparison
      ? new ComparedStrip(this.comparison, trans, () => this.tree.activate())
      : null;
    this.figures = new FigureDock({
      source,
      comparison: this.comparison,
      options: options.options,
      trans,
      sentence: (failure, file) =>
        file === undefined
          ? sentence(failure)
          : comparedSentence(failure, file, trans),
      themeChanged,
      inPage: options.compact ?? false
    });
    if (options.compact) {
      this.addWidget(this.tree);
    } else {
      this._addSide(options);
    }
    this.addWidget(this.figures);
    this._shares = options.sizes;
    this._onSizes = options.onSizes;
    this._divide();
    this.handleMoved.connect(this._onMoved, this);
    this.model.selectionChanged.connect(this._onSelection, this);
    this.figures.currentChanged.connect(this._onCurrentFigure, this);
    this.figures.figuresChanged.connect(this._onFigures, this);
    this.comparison?.renewed.connect((_, run) => this.figures.refresh(run));
    loadPlotlySoon(rehearseSoon);
  }

  /** What was read of the file's structure. */
  readonly contents: Contents;

  /** The state of the tree. */
  readonly model: TreeModel;

  /** The tree. */
  readonly tree: ResultTree;

  /** The figures. */
  readonly figures: FigureDock;

  /** What the file is compared with; null where it cannot be. */
  readonly comparison: Comparison | null;

  /** The names of the compared files, to be put above; null where there can be none. */
  readonly comparedStrip: ComparedStrip | null;

  /** Draw variables in the current figure, in place of what is there; nothing changes for none. */
  draw(paths: readonly NodePath[]): void {
    if (paths.length > 0) {
      this.model.setSelection(paths);
      this.figures.current.setPaths(paths);
    }
  }

  /** Draw the selected variables in a figure of their own, leaving the present one as it is. */
  drawInNewFigure(paths: readonly NodePath[]): void {
    this.figures.newFigure();
    this.draw(paths);
  }

  /** Show a file that was opened anew, keeping what is open, selected and zoomed. */
  reload(summary: IFileSummary): void {
    this.contents.reset(summary);
    this._readAnew();
  }

  /** The same, what was read before staying in place until it is read again; by itself, compared files are left alone. */
  renew(summary: IFileSummary, isByItself: boolean): void {
    this.contents.renew(summary);
    if (isByItself) {
      this.figures.refresh(OPENED);
    } else {
      this._readAnew();
    }
  }

  /** Dispose of the panes and of what they hold. */
  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    super.dispose();
    this.model.dispose();
    this.contents.dispose();
    this.comparison?.dispose();
  }

  /** Handle a message; what tells of some room has it shared as wanted. */
  override processMessage(msg: Message): void {
    if (msg instanceof Widget.ResizeMessage) {
      // Lumino gives each pane as much of what is added, and forgets the shares without room.
      const { width, height } = sizeTold(msg, this.node);
      if (width > 0 && height > 0) {
        this._divide();
      }
    }
    super.processMessage(msg);
  }

  protected override onResize(msg: Widget.ResizeMessage): void {
    const { width } = sizeTold(msg, this.node);
    if (width > 0) {
      const orientation = width < this._narrowWidth ? 'vertical' : 'horizontal';
      if (orientation !== this.orientation) {
        this.orientation = orientation;
        this._divide();
      }
    }
    super.onResize(msg);
  }

  protected override onActivateRequest(msg: Message): void {
    this.tree.activate();
  }

  /** Share the room among the panes, when it is laid out next. */
  private _divide(): void {
    const { main, side } = this._shares;
    this.setRelativeSizes([...main], false);
    this._side?.setRelativeSizes([...side], false);
  }

  private _onMoved(): void {
    const { side } = this._shares;
    this._shares = {
      main: this.relativeSizes(),
      side: this._side?.relativeSizes() ?? side
    };
    this._onSizes(this._shares);
  }

  /** Put the tree, and below it the details. */
  private _addSide({ trans, sentence }: IBrowserOptions): void {
    const { contents, model } = this;
    const side = new SplitPanel({ orientation: 'vertical', spacing: 1 });
    side.addClass('jp-NeuronvisioSide');
    side.addWidget(this.tree);
    side.addWidget(new DetailsPane({ model, contents, trans, sentence }));
    this.addWidget(side);
    this._side = side;
    side.handleMoved.connect(this._onMoved, this);
  }

  /** Have the figures read again, and the compared files too. */
  private _readAnew(): void {
    this.comparison?.reload();
    this.figures.refresh();
  }

  private _onSelection(): void {
    this.figures.current.setPaths(this.model.selection);
  }

  private _onCurrentFigure(_: FigureDock, figure: FigureModel): void {
    this.model.setSelection(figure.paths);
  }

  private _onFigures(): void {
    this.model.setSelection(this.figures.current.paths);
  }

  private readonly _narrowWidth: number;
  private _side: SplitPanel | null = null;
  private _shares: IPaneSizes;
  private readonly _onSizes: (sizes: IPaneSizes) => void;
}

/** The size that a message tells, or that a widget has where it tells none. */
function sizeTold(
  { width, height }: Widget.ResizeMessage,
  node: HTMLElement
): { readonly width: number; readonly height: number } {
  return width < 0 || height < 0
    ? { width: node.offsetWidth, height: node.offsetHeight }
    : { width, height };
}
