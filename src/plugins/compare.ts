import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ITranslator } from '@jupyterlab/translation';
import type { ReadonlyJSONObject } from '@lumino/coreutils';
import type { Comparison } from '../viewer/comparison';
import { compareIcon } from '../viewer/icons';
import { COMPARE_PLUGIN_ID, CommandIDs } from '../viewer/ids';
import { IBrowserFocus, IResultTracker } from '../viewer/tokens';
import { textsOf } from './arguments';
import { choosePaths } from './choose';

/** Without a time, a notification stands nowhere but in the list of the status bar. */
const SHOWN = { autoClose: 5000 } as const;

function compareArguments(trans: TranslationBundle): {
  args: ReadonlyJSONObject;
} {
  return {
    args: {
      type: 'object',
      properties: {
        paths: {
          type: 'array',
          items: { type: 'string' },
          description: trans.__(
            'The files to compare with; without them, a dialog asks for some'
          )
        }
      }
    }
  };
}

function add(
  comparison: Comparison,
  paths: readonly string[],
  trans: TranslationBundle
): void {
  const { added, leftOut } = comparison.add(paths);
  if (paths.length > 0 && added === 0 && leftOut === 0) {
    Notification.info(trans.__('These results are shown already.'), SHOWN);
  }
  if (leftOut > 0) {
    Notification.warning(
      trans._n(
        'At most %2 files are compared at a time; %1 file was left out.',
        'At most %2 files are compared at a time; %1 files were left out.',
        leftOut,
        comparison.most
      ),
      SHOWN
    );
  }
}

/** Overlays the results of other files on those in a tab, by command. */
const plugin: JupyterFrontEndPlugin<void> = {
  id: COMPARE_PLUGIN_ID,
  description: 'Compares the results of several files in one figure.',
  autoStart: true,
  requires: [IResultTracker, IBrowserFocus, IDocumentManager, ITranslator],
  optional: [ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    tracker: IResultTracker,
    focus: IBrowserFocus,
    manager: IDocumentManager,
    translator: ITranslator,
    palette: ICommandPalette | null
  ) => {
    const { commands } = app;
    const trans = translator.load('jupyterlab_neuronvisio');
    const command = CommandIDs.compare;
    // An output of a notebook has none, and neither has a file that is not open yet.
    const comparison = () =>
      (focus.current ?? tracker.currentWidget?.content.browser)?.comparison ??
      null;
    commands.addCommand(command, {
      label: trans.__('Add results to compare…'),
      caption: trans.__(
        'Draw the same variables of other files in the figures of this one'
      ),
      icon: compareIcon,
      describedBy: compareArguments(trans),
      isEnabled: () => comparison() !== null,
      execute: async args => {
        const current = comparison();
        if (!current) {
          return;
        }
        const given = textsOf(args.paths);
        const paths =
          given.length > 0
            ? given
            : await choosePaths({
                manager,
                translator,
                title: trans.__('Add results to compare'),
                label: trans.__('Choose one or more .h5 or .hdf5 files.'),
                defaultPath: PathExt.dirname(current.path)
              });
        if (!current.isDisposed) {
          add(current, paths, trans);
        }
      }
    });
    const refresh = () => commands.notifyCommandChanged(command);
    tracker.widgetAdded.connect((_, widget) => {
      widget.content.stateChanged.connect(refresh);
    });
    tracker.currentChanged.connect(refresh);
    focus.currentChanged.connect(refresh);
    palette?.addItem({ command, category: trans.__('Neuronvisio') });
  }
};

export default plugin;
