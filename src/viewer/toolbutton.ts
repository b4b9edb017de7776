import { LabIcon } from '@jupyterlab/ui-components';
import { CommandRegistry } from '@lumino/commands';
import { Widget } from '@lumino/widgets';

type Icon = ReturnType<CommandRegistry['icon']>;

/** What a button of a toolbar shows. */
export interface IToolState {
  readonly icon?: Icon;
  /** The text beside the icon; none where it is absent. */
  readonly label?: string;
  readonly title: string;
  /** Whether it is on; absent for a button that is neither on nor off. */
  readonly pressed?: boolean;
  readonly enabled?: boolean;
}

/**
 * A button of a toolbar.
 *
 * JupyterLab's own are web components: each takes a part of the time in which
 * a tab or an output is made, and stays in memory after it is closed.
 */
export class ToolButton extends Widget {
  /** Make a button that does something; what has the focus keeps it, as with the other buttons of a document's toolbar. */
  constructor(act: () => void) {
    super();
    this.addClass('jp-NeuronvisioTool');
    this.button.type = 'button';
    this.button.className = 'jp-NeuronvisioTool-button';
    this.button.addEventListener('mousedown', event => event.preventDefault());
    this.button.addEventListener('click', () => {
      if (this._isEnabled) {
        act();
      }
    });
    this.node.append(this.button);
  }

  /** Show something else. */
  setState({ icon, label = '', title, pressed, enabled }: IToolState): void {
    const { button } = this;
    if (icon !== this._icon || label !== this._label) {
      this._icon = icon;
      this._label = label;
      button.replaceChildren();
      if (icon) {
        button.append(LabIcon.resolveElement({ icon, tag: 'span' }));
      }
      button.append(label);
    }
    button.title = title;
    button.setAttribute('aria-label', label || title);
    if (pressed === undefined) {
      button.removeAttribute('aria-pressed');
    } else {
      button.setAttribute('aria-pressed', String(pressed));
    }
    // Without `disabled`: at each of these JupyterLab's toolbar looks anew for
    // what the arrow keys lead to, and in a hidden tab it finds nothing.
    this._isEnabled = enabled !== false;
    button.setAttribute('aria-disabled', String(!this._isEnabled));
  }

  /** The button's element. */
  protected readonly button = document.createElement('button');

  private _isEnabled = true;
  private _icon: Icon;
  private _label = '';
}

/** A button of a toolbar that executes a command, and shows what it says of itself. */
export class CommandTool extends ToolButton {
  /** Make the button of a command. */
  constructor(
    private readonly _commands: CommandRegistry,
    private readonly _id: string
  ) {
    super(() => void _commands.execute(_id, TOOLBAR));
    this.button.dataset.command = _id;
    _commands.commandChanged.connect(this._onChanged, this);
    _commands.keyBindingChanged.connect(this._show, this);
    this._show();
  }

  private _onChanged(
    _: CommandRegistry,
    { id, type }: CommandRegistry.ICommandChangedArgs
  ): void {
    if (type === 'many-changed' || id === this._id) {
      this._show();
    }
  }

  private _show(): void {
    const [commands, id] = [this._commands, this._id];
    if (!commands.hasCommand(id)) {
      this.hide();
      return;
    }
    const icon = commands.icon(id, TOOLBAR);
    const label = commands.label(id, TOOLBAR);
    const caption = commands.caption(id, TOOLBAR);
    const title = toolTitle(label, caption);
    const keys = commands.keyBindings
      .find(binding => binding.command === id)
      ?.keys.map(CommandRegistry.formatKeystroke);
    this.setHidden(!commands.isVisible(id, TOOLBAR));
    this.setState({
      icon,
      label: icon ? '' : label,
      title: keys ? `${title} (${keys.join(', ')})` : title,
      pressed: commands.isToggleable(id, TOOLBAR)
        ? commands.isToggled(id, TOOLBAR)
        : undefined,
      enabled: commands.isEnabled(id, TOOLBAR)
    });
  }
}

/** What the tip of a command's button says: its name first, by which it stands in the palette and in the manual. */
export function toolTitle(label: string, caption: string): string {
  return caption ? `${label}: ${caption}` : label;
}

/** What JupyterLab's own buttons execute commands with. */
const TOOLBAR = { toolbar: true } as const;
