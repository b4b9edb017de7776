import type { TranslationBundle } from '@jupyterlab/translation';
import { launchIcon, Toolbar } from '@jupyterlab/ui-components';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { PanelLayout, Widget } from '@lumino/widgets';
import type { ResultBrowser } from '../viewer/browser';
import { figureCommands } from '../viewer/figurecommands';
import { ToolButton, toolTitle } from '../viewer/toolbutton';
import { withoutTurns } from '../refs/direction';
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
    this._open.setState({
      icon: launchIcon,
      label: _trans.__('Open in a tab'),
      title: _trans.__('Show the file in a tab, with the same traces drawn')
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
    this._title.node.textContent = withoutTurns(title);
    this._title.node.title = bundle.file?.path ?? title;
    this._open.setHidden(!canOpen);
  }

  /** Offer the commands on the figures. */
  setBrowser(browser: ResultBrowser): void {
    const figure = () => browser.figures.current;
    const commands = figureCommands(this._trans, figure);
    const tools = commands.map(({ id, options, run }, place) => {
      const tool = new ToolButton(() => run(browser, figure()));
      this._tools.insertItem(place, id, tool);
      const { icon, label, caption, isToggled } = options;
      const show = () =>
        tool.setState({
          icon: typeof icon === 'function' ? icon({}) : icon,
          title: toolTitle(String(label), String(caption)),
          pressed: isToggled?.({})
        });
      show();
      return show;
    });
    browser.figures.figuresChanged.connect(
      () => tools.forEach(show => show()),
      this
    );
  }

  private readonly _title = new Widget();
  private readonly _tools = new Toolbar();
  private readonly _open = new ToolButton(() => this._tabRequested.emit());
  private readonly _tabRequested = new Signal<this, void>(this);
}
