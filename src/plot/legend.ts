import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { withoutTurns } from '../refs/direction';
import type { ITraceName } from './names';
import type { TraceKey } from './runs';
import type { ITraceStyle } from './theme';

/** One column of a 2-D variable. */
export interface ILegendColumn {
  readonly label: string;
  readonly style: ITraceStyle;
}

/** One trace of the legend. */
export interface ILegendItem extends Pick<
  ITraceName,
  'label' | 'variable' | 'run'
> {
  readonly key: TraceKey;
  readonly style: ITraceStyle;
  readonly visible: boolean;
  /** The columns of a 2-D variable; empty for a variable of one line. */
  readonly columns: readonly ILegendColumn[];
}

/** Lengths of dash and gap of the swatches, as SVG wants them. */
const DASHES: Record<ITraceStyle['dash'], string> = {
  solid: '',
  dash: '5 3',
  dot: '1.5 2.5',
  dashdot: '5 2 1.5 2'
};

const SVG = 'http://www.w3.org/2000/svg';

/** The traces of a figure, each with a button to hide it and one to remove it. */
export class Legend extends Widget {
  /** Make an empty legend. */
  constructor(private readonly _trans: TranslationBundle) {
    super({ node: document.createElement('ul') });
    this.addClass('jp-NeuronvisioLegend');
    this.node.setAttribute('aria-label', _trans.__('Traces of the figure'));
  }

  /** Emitted when the user hides or shows a trace. */
  get toggled(): ISignal<this, TraceKey> {
    return this._toggled;
  }

  /** Emitted when the user removes a trace. */
  get removed(): ISignal<this, TraceKey> {
    return this._removed;
  }

  /** Show these traces; the focus stays on the same button. */
  setItems(items: readonly ILegendItem[]): void {
    const key = JSON.stringify(items);
    if (key === this._key) {
      return;
    }
    this._key = key;
    const focused = document.activeElement as HTMLElement | null;
    const keep = this.node.contains(focused) ? focused?.dataset : undefined;
    this.node.replaceChildren(...items.map(item => this._line(item)));
    if (keep) {
      const again = Array.from(
        this.node.querySelectorAll<HTMLElement>('button')
      ).find(
        button =>
          button.dataset.key === keep.key && button.dataset.role === keep.role
      );
      again?.focus();
    }
  }

  private _line(item: ILegendItem): HTMLElement {
    const line = document.createElement('li');
    line.className = 'jp-NeuronvisioLegend-item';
    const toggle = this._button(item, 'toggle');
    toggle.setAttribute('aria-pressed', String(item.visible));
    toggle.title = item.visible
      ? this._trans.__('Hide %1', item.label)
      : this._trans.__('Show %1', item.label);
    toggle.append(
      ...(item.columns.length > 0 ? [] : [swatch(item.style)]),
      nameOf(item)
    );
    toggle.addEventListener('click', () => this._toggled.emit(item.key));
    const remove = this._button(item, 'remove');
    remove.textContent = '×';
    remove.title = this._trans.__('Remove %1', item.label);
    remove.setAttribute('aria-label', remove.title);
    remove.addEventListener('click', () => this._removed.emit(item.key));
    line.append(toggle, remove);
    if (item.columns.length > 0) {
      line.append(columnList(item));
    }
    return line;
  }

  private _button(
    item: ILegendItem,
    role: 'toggle' | 'remove'
  ): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = `jp-NeuronvisioLegend-${role}`;
    button.dataset.key = item.key;
    button.dataset.role = role;
    return button;
  }

  private _key = '';
  private _toggled = new Signal<this, TraceKey>(this);
  private _removed = new Signal<this, TraceKey>(this);
}

function columnList({ columns, visible }: ILegendItem): HTMLElement {
  const list = document.createElement('ul');
  list.className = 'jp-NeuronvisioLegend-columns';
  list.classList.toggle('jp-mod-hidden', !visible);
  list.append(
    ...columns.map(({ label, style }) => {
      const line = document.createElement('li');
      line.append(swatch(style), text(label, 'jp-NeuronvisioLegend-column'));
      return line;
    })
  );
  return list;
}

/** The variable, and below it its run where there are several. */
function nameOf({ variable, run }: ILegendItem): HTMLElement {
  const name = text(variable, 'jp-NeuronvisioLegend-name');
  if (run !== null) {
    // A space for who reads the two as one text.
    name.append(' ', text(run, 'jp-NeuronvisioLegend-run'));
  }
  return name;
}

function text(content: string, className: string): HTMLElement {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = withoutTurns(content);
  return element;
}

function swatch(style: ITraceStyle): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'jp-NeuronvisioLegend-swatch');
  svg.setAttribute('viewBox', '0 0 20 8');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'line');
  for (const [name, value] of Object.entries({
    x1: '1',
    x2: '19',
    y1: '4',
    y2: '4',
    stroke: style.color,
    'stroke-width': '2.5',
    'stroke-dasharray': DASHES[style.dash]
  })) {
    line.setAttribute(name, value);
  }
  svg.append(line);
  return svg;
}
