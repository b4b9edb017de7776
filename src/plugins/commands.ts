import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { Clipboard, ICommandPalette } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ITranslator } from '@jupyterlab/translation';
import { refreshIcon } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import { BrowserFocus } from '../viewer/focus';
import type { ViewerShell } from '../viewer/shell';
import { followIcon } from '../viewer/icons';
import { IBrowserFocus, IResultTracker } from '../viewer/tokens';
// Registering the commands needs them at once.
// eslint-disable-next-line jupyter/prefer-lazy-imports
import { figureCommands, treeCommands } from '../viewer/figurecommands';
import { COMMANDS_PLUGIN_ID, CommandIDs } from '../viewer/ids';

const NO_ARGUMENTS = { args: { type: 'object', properties: {} } } as const;

/** The commands on the figures and on the tree of the results that were used last. */
const plugin: JupyterFrontEndPlugin<IBrowserFocus> = {
  id: COMMANDS_PLUGIN_ID,
  description: 'Commands on the figures and the tree of results.',
  autoStart: true,
  provides: IBrowserFocus,
  requires: [IResultTracker, ITranslator],
  optional: [ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    tracker: IResultTracker,
    translator: ITranslator,
    palette: ICommandPalette | null
  ): IBrowserFocus => {
    const { commands } = app;
    const trans = translator.load('jupyterlab_neuronvisio');
    const focus = new BrowserFocus();
    const browser = () =>
      focus.current ?? tracker.currentWidget?.content.browser ?? null;
    const onFigure = figureCommands(
      trans,
      () => browser()?.figures.current ?? null
    );
    const onTree = treeCommands(trans, browser, text =>
      Clipboard.copyToSystem(text)
    );
    for (const { id, options, run } of [...onFigure, ...onTree]) {
      commands.addCommand(id, {
        ...options,
        describedBy: NO_ARGUMENTS,
        isEnabled: () => browser() !== null,
        execute: () => {
          const current = browser();
          if (current) {
            run(current, current.figures.current);
          }
        }
      });
    }
    const onFile = addFileCommands(
      commands,
      () => tracker.currentWidget?.content ?? null,
      trans
    );

    const shown = [...onFigure.map(({ id }) => id), ...onFile];
    const refresh = () =>
      shown.forEach(id => commands.notifyCommandChanged(id));
    tracker.widgetAdded.connect((_, widget) => {
      widget.content.stateChanged.connect(refresh);
      const place = () => widget.content.browser;
      const watched = focus.watch(widget.node, place);
      widget.disposed.connect(() => watched.dispose());
    });
    // A file's tab that comes to the front is what is used, whatever was before.
    app.shell.currentChanged?.connect((_, { newValue }) => {
      if (newValue && tracker.has(newValue)) {
        focus.use(null);
      }
    });
    tracker.currentChanged.connect(refresh);
    focus.currentChanged.connect(refresh);
    const category = trans.__('Neuronvisio');
    shown.forEach(command => palette?.addItem({ command, category }));
    return focus;
  }
};

/** Adds the commands on the file of the tab that was used last; answers their ids. */
function addFileCommands(
  commands: CommandRegistry,
  tab: () => ViewerShell | null,
  trans: TranslationBundle
): string[] {
  commands.addCommand(CommandIDs.followFile, {
    label: trans.__('Follow file'),
    caption: trans.__('Show each change of the file on disk by itself'),
    icon: followIcon,
    describedBy: NO_ARGUMENTS,
    isToggleable: true,
    isToggled: () => tab()?.isFollowed ?? false,
    isEnabled: () => tab() !== null,
    execute: () => {
      const followed = tab();
      followed?.follow(!followed.isFollowed);
    }
  });
  commands.addCommand(CommandIDs.reloadFile, {
    label: trans.__('Reload file'),
    caption: trans.__('Read the file anew from disk'),
    icon: refreshIcon,
    describedBy: NO_ARGUMENTS,
    isEnabled: () => tab() !== null,
    execute: () => tab()?.open()
  });
  return [CommandIDs.followFile, CommandIDs.reloadFile];
}

export default plugin;
