import type { TranslationBundle } from '@jupyterlab/translation';
import type { LabIcon } from '@jupyterlab/ui-components';
import { launchIcon, Toolbar, ToolbarButton } from '@jupyterlab/ui-components';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { PanelLayout, Widget } from '@lumino/widgets';
import type { ResultBrowser } from '../viewer/browser';
import { figureCommands } from '../viewer/figurecommands';
import type { IBundle } from './payload';

/** The title of an output and its buttons: those of the viewer, and one to open the file in a tab. */
export class OutputHeader extends Widget {
  /** Make a header without a title. */
  constructor(private readonly _trans: TranslationBundle) {
    super();
    this.addClass('jp-NeuronvisioOutput-header');
    this._title.addClass('jp-NeuronvisioOutput-title');
    this._tools.addClass('jp-NeuronvisioOutput-tools');
    this._tools.node.setAttribute('aria-label', _trans.__('Figure'));
    const layout = new PanelLayout();
    layout.addWidget(this._title);
    layout.addWidget(this._tools);
    this.layout = layout;
    this._open = new ToolbarButton({
      icon: launchIcon,
      label: _trans.__('Open in a tab'),
      tooltip: _trans.__('Show the file in a tab, with the same traces drawn'),
      onClick: () => this._tabRequested.emit()
    });
    this._open.addClass('jp-NeuronvisioOutput-open');
    this._tools.addItem('open', this._open);
  }

  /** Emitted when the user wants the file in a tab. */
  get tabRequested(): ISignal<this, void> {
    return this._tabRequested;
  }

  /** Say what the output is of. */
  setBundle(bundle: IBundle, canOpen: boolean): void {
    const title = bundle.running
      ? this._trans.__('%1 (the simulation is running)', bundle.title)
      : bundle.title;
    this._title.node.textContent = title;
    this._title.node.title = bundle.file?.path ?? title;
    this._open.setHidden(!canOpen);
  }

  /** Offer the commands on the figures. */
  setBrowser(browser: ResultBrowser): void {
    const figure = () => browser.figures.current;
    const buttons = figureCommands(this._trans, figure).map(
      ({ id, options, run }, place) => {
        const button = new ToolbarButton({
          icon: options.icon as LabIcon | undefined,
          tooltip: String(options.caption),
          pressed: options.isToggled?.({}) ?? false,
          onClick: () => run(browser, figure())
        });
        this._tools.insertItem(place, id, button);
        return { button, options };
      }
    );
    browser.figures.figuresChanged.connect(() => {
      for (const { button, options } of buttons) {
        if (options.isToggled) {
          button.pressed = options.isToggled({});
        }
      }
    }, this);
  }

  private readonly _title = new Widget();
  private readonly _tools = new Toolbar();
  private readonly _open: ToolbarButton;
  private readonly _tabRequested = new Signal<this, void>(this);
}
