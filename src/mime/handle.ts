import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { HEIGHTS } from './heights';

/** Pixels that an arrow key moves the border. */
const STEP = 20;

/** The lower border of an output, which is dragged, or moved by arrow keys. */
export class HeightHandle extends Widget {
  /** Make a handle at the first height. */
  constructor(trans: TranslationBundle) {
    super();
    this.addClass('jp-NeuronvisioOutput-handle');
    this.node.tabIndex = 0;
    this.node.title = trans.__('Drag to change the height');
    const attributes = {
      role: 'separator',
      'aria-orientation': 'horizontal',
      'aria-label': trans.__('Height'),
      'aria-valuemin': String(HEIGHTS.least),
      'aria-valuemax': String(HEIGHTS.most)
    };
    Object.entries(attributes).forEach(([name, value]) =>
      this.node.setAttribute(name, value)
    );
    this._set(HEIGHTS.first);
  }

  /** The height, in pixels. */
  get height(): number {
    return this._height;
  }

  /** Emitted when the user changed the height. */
  get moved(): ISignal<this, number> {
    return this._moved;
  }

  /** Follow the pointer and the arrow keys. */
  handleEvent(event: Event): void {
    if (event instanceof KeyboardEvent) {
      this._onKey(event);
    } else if (event instanceof MouseEvent) {
      this._onPointer(event);
    }
  }

  protected override onAfterAttach(msg: Message): void {
    EVENTS.forEach(name => this.node.addEventListener(name, this));
  }

  protected override onBeforeDetach(msg: Message): void {
    EVENTS.forEach(name => this.node.removeEventListener(name, this));
  }

  private _onKey(event: KeyboardEvent): void {
    const by =
      event.key === 'ArrowDown' ? STEP : event.key === 'ArrowUp' ? -STEP : 0;
    if (by !== 0) {
      event.preventDefault();
      event.stopPropagation();
      this._move(this._height + by);
    }
  }

  private _onPointer(event: MouseEvent): void {
    switch (event.type) {
      case 'pointerdown':
        event.preventDefault();
        this.node.focus();
        this._from = this._height - event.clientY;
        this.node.setPointerCapture((event as PointerEvent).pointerId);
        break;
      case 'pointermove':
        if (this._from !== null) {
          this._move(this._from + event.clientY);
        }
        break;
      default:
        this._from = null;
    }
  }

  private _move(height: number): void {
    this._set(height);
    this._moved.emit(this._height);
  }

  private _set(height: number): void {
    this._height = Math.round(
      Math.min(HEIGHTS.most, Math.max(HEIGHTS.least, height))
    );
    this.node.setAttribute('aria-valuenow', String(this._height));
  }

  private _height: number = HEIGHTS.first;
  /** The height that the pointer would give at the top of the page, while it drags. */
  private _from: number | null = null;
  private readonly _moved = new Signal<this, number>(this);
}

const EVENTS = [
  'keydown',
  'pointerdown',
  'pointermove',
  'pointerup',
  'pointercancel'
];
