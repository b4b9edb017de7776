import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { PanelLayout, Widget } from '@lumino/widgets';
import type { Payload } from './payload';
import { MIME_TYPE, readPayload } from './payload';
import type { IOutputContext } from './context';
import { OutputView } from './view';
import { refusalText } from './words';

/** Before HTML, after the widgets that need a kernel. */
const RANK = 40;

/** Renders one output, or says why that cannot be and shows its text. */
export class ResultRenderer extends Widget implements IRenderMime.IRenderer {
  /** Make a renderer of nothing. */
  constructor(
    private readonly _resolver: IRenderMime.IResolver | null,
    private readonly _context: IOutputContext
  ) {
    super();
    this.addClass('jp-NeuronvisioRenderer');
    this.layout = new PanelLayout();
  }

  /** The output; null where it could not be shown. */
  get view(): OutputView | null {
    return this._view;
  }

  /** Show an output, or a newer state of it. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const payload = readPayload(model.data[MIME_TYPE]);
    if (payload.kind !== 'bundle') {
      this._refuse(payload, model);
    } else if (this._view && this._trusted === model.trusted) {
      this._view.setBundle(payload.bundle);
    } else {
      const { trusted } = model;
      const setup = {
        bundle: payload.bundle,
        trusted,
        resolver: this._resolver
      };
      this._trusted = trusted;
      this._view = this._put(new OutputView(setup, this._context));
    }
  }

  private _refuse(
    payload: Exclude<Payload, { kind: 'bundle' }>,
    model: IRenderMime.IMimeModel
  ): void {
    const { trans } = this._context;
    const shown = this._put(new Widget());
    this._view = null;
    shown.addClass('jp-NeuronvisioOutput');
    const sentence = document.createElement('p');
    sentence.setAttribute('role', 'status');
    sentence.textContent = refusalText(payload.kind, trans);
    const text = document.createElement('pre');
    text.textContent = plainText(model.data['text/plain']);
    shown.node.append(sentence, text);
    if (payload.kind === 'bad') {
      const details = document.createElement('details');
      const summary = document.createElement('summary');
      summary.textContent = trans.__('Details');
      details.append(summary, payload.technical);
      shown.node.append(details);
    }
  }

  /** Show one thing alone. */
  private _put<T extends Widget>(widget: T): T {
    const layout = this.layout as PanelLayout;
    while (layout.widgets.length > 0) {
      layout.widgets[0].dispose();
    }
    layout.addWidget(widget);
    return widget;
  }

  private _view: OutputView | null = null;
  private _trusted = false;
}

/** A notebook's text, which may be a list of lines. */
function plainText(data: unknown): string {
  if (Array.isArray(data)) {
    return data.filter(line => typeof line === 'string').join('');
  }
  return typeof data === 'string' ? data : '';
}

/**
 * Makes the renderers. They are safe: of an untrusted output they show the text
 * and the numbers that it holds, run nothing and fetch nothing.
 */
export function rendererFactory(
  context: IOutputContext
): IRenderMime.IRendererFactory {
  return {
    safe: true,
    mimeTypes: [MIME_TYPE],
    defaultRank: RANK,
    createRenderer: ({ resolver }) => new ResultRenderer(resolver, context)
  };
}
