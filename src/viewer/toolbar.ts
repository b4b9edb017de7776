import type { IToolbarWidgetRegistry } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ISignal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import type { IResultSource } from '../hdf5/source';
import type { ResultDocument } from './document';
import { CommandIDs } from './ids';
import type { ViewerShell } from './shell';
import { CommandTool } from './toolbutton';

/** What the items use of a viewer. */
export type IToolbarViewer = Pick<ViewerShell, 'browser' | 'source'> & {
  readonly stateChanged: ISignal<unknown, void>;
};

/** The choice of the figure to draw in. */
export class FigureChoice extends Widget {
  /** Make the choice for one viewer. */
  constructor(
    private readonly _viewer: IToolbarViewer,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('jp-NeuronvisioFigureChoice');
    this._select = document.createElement('select');
    this._select.className = 'jp-NeuronvisioFigureChoice-select';
    this._select.setAttribute('aria-label', _trans.__('Figure to draw in'));
    this._select.title = _trans.__('Figure to draw in');
    this._select.addEventListener('change', () => {
      _viewer.browser?.figures.chooseFigure(Number(this._select.value));
    });
    this.node.append(this._select);
    _viewer.stateChanged.connect(this._update, this);
    this._update();
  }

  private _update(): void {
    const figures = this._viewer.browser?.figures;
    // Every file begins with a first one, so that nothing changes here at its opening.
    const numbers = figures?.figures.map(({ id }) => id) ?? [1];
    const shown = Array.from(this._select.options, option =>
      Number(option.value)
    );
    if (numbers.join() !== shown.join()) {
      this._select.replaceChildren(
        ...numbers.map(id => {
          const option = document.createElement('option');
          option.value = String(id);
          option.textContent = this._trans.__('Figure %1', id);
          return option;
        })
      );
    }
    // Without `disabled`, for the reason that `ToolButton` gives.
    this._select.setAttribute('aria-disabled', String(!figures));
    if (figures) {
      this._select.value = String(figures.current.id);
    }
  }

  private _select: HTMLSelectElement;
}

/** Says what the reader does when it takes longer, with a button to stop it. */
export class ActivityItem extends Widget {
  /** Make the item for one viewer. */
  constructor(
    private readonly _viewer: IToolbarViewer,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('jp-NeuronvisioActivity');
    const status = document.createElement('span');
    status.setAttribute('role', 'status');
    status.append(this._text);
    this._stop = document.createElement('button');
    this._stop.type = 'button';
    this._stop.className = 'jp-NeuronvisioActivity-stop';
    this._stop.textContent = _trans.__('Stop');
    this._stop.addEventListener('click', () => this._source?.stop());
    this.node.append(status, this._stop);
    _viewer.stateChanged.connect(this._update, this);
    this._update();
  }

  private _update(): void {
    this._find();
    const activity = this._source?.activity ?? null;
    const busy = activity !== null && this._viewer.browser !== null;
    this._stop.hidden = !busy;
    this._text.data = busy
      ? this._trans.__('Reading… %1 MB', (activity.done / 1e6).toFixed(1))
      : '';
  }

  /** The viewer's file, which comes with its code. */
  private _find(): void {
    if (!this._source && this._viewer.source) {
      this._source = this._viewer.source;
      this._source.activityChanged.connect(this._update, this);
    }
  }

  private _source: IResultSource | null = null;
  /** One node with other words: at each new one JupyterLab's toolbar looks anew for what the arrow keys lead to. */
  private readonly _text = document.createTextNode('');
  private _stop: HTMLButtonElement;
}

/** The toolbar items that are buttons of commands, by the names that the settings give them. */
export const COMMAND_ITEMS: Readonly<Record<string, string>> = {
  'new-figure': CommandIDs.newFigure,
  legend: CommandIDs.toggleLegend,
  points: CommandIDs.togglePoints,
  'reset-zoom': CommandIDs.resetZoom,
  'clear-figure': CommandIDs.clearFigure,
  compare: CommandIDs.compare,
  follow: CommandIDs.followFile,
  reload: CommandIDs.reloadFile
};

/** Offers the items of the toolbar. */
export function addToolbarItems(
  registry: IToolbarWidgetRegistry,
  factory: string,
  commands: CommandRegistry,
  trans: TranslationBundle
): void {
  for (const [name, id] of Object.entries(COMMAND_ITEMS)) {
    registry.addFactory(factory, name, () => new CommandTool(commands, id));
  }
  registry.addFactory<ResultDocument>(
    factory,
    'figure',
    widget => new FigureChoice(widget.content, trans)
  );
  registry.addFactory<ResultDocument>(
    factory,
    'activity',
    widget => new ActivityItem(widget.content, trans)
  );
}
