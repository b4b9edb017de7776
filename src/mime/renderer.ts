import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { TranslationBundle } from '@jupyterlab/translation';
import { PanelLayout, Widget } from '@lumino/widgets';
import { loadPlotly } from '../plot/loader';
import type { IOutputContext } from './context';
import { OUTPUT_HEIGHT } from './heights';
import { MIME_TYPE, plainText } from './mimetype';
import type * as Rendering from './rendering';
import type { OutputView } from './view';

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
    this._newest = model;
    if (this._isEmpty) {
      this._put(waiting(this._context.trans));
    }
    // What shows outputs loads with the first of them.
    const code = await loadRendering().catch(() => null);
    if (this._newest !== model || this.isDisposed) {
      return;
    }
    if (!code) {
      this._view = null;
      this._put(unloaded(model, this._context.trans));
      return;
    }
    const payload = code.readPayload(model.data[MIME_TYPE]);
    if (payload.kind !== 'bundle') {
      this._view = null;
      this._put(code.refusal(payload, model.data, this._context.trans));
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
      this._view = this._put(new code.OutputView(setup, this._context));
    }
  }

  private get _isEmpty(): boolean {
    return (this.layout as PanelLayout).widgets.length === 0;
  }

  /** Show one thing alone. */
  private _put<T extends Widget>(widget: T): T {
    const layout = this.layout as PanelLayout;
    while (!this._isEmpty) {
      layout.widgets[0].dispose();
    }
    layout.addWidget(widget);
    return widget;
  }

  private _newest: IRenderMime.IMimeModel | null = null;
  private _view: OutputView | null = null;
  private _trusted = false;
}

/** What shows outputs. */
function loadRendering(): Promise<typeof Rendering> {
  return import('./rendering');
}

/** Have all that an output needs loaded side by side; what fails is tried again, and told, when it is used. */
function prepare(): void {
  for (const loading of [loadRendering(), loadPlotly()]) {
    loading.catch(() => undefined);
  }
}

/** What keeps the room of an output, so that the cells below it stay where they are when it comes. */
function waiting(trans: TranslationBundle): Widget {
  const shown = new Widget();
  shown.addClass('jp-NeuronvisioShell-message');
  shown.node.style.height = `${OUTPUT_HEIGHT}px`;
  const sentence = document.createElement('p');
  sentence.className = 'jp-NeuronvisioShell-status';
  sentence.setAttribute('role', 'status');
  sentence.textContent = trans.__('Loading the viewer…');
  shown.node.append(sentence);
  return shown;
}

/** The text of an output whose viewer the server did not give. */
function unloaded(
  { data }: IRenderMime.IMimeModel,
  trans: TranslationBundle
): Widget {
  const shown = new Widget();
  const sentence = document.createElement('p');
  sentence.setAttribute('role', 'status');
  sentence.textContent = trans.__(
    'These results could not be shown: the server did not send the viewer. Check that it runs, and reload the page.'
  );
  const text = document.createElement('pre');
  text.textContent = plainText(data['text/plain']);
  shown.node.append(sentence, text);
  return shown;
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
    createRenderer: ({ resolver }) => {
      prepare();
      return new ResultRenderer(resolver, context);
    }
  };
}
