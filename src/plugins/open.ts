import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import type { IDocumentWidget } from '@jupyterlab/docregistry';
import { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ITranslator } from '@jupyterlab/translation';
import type { ReadonlyJSONObject } from '@lumino/coreutils';
import { isResultFileName } from '../refs/filename';
import type { ResultDocument } from '../viewer/document';
import { leaveDrawn } from '../viewer/handover';
import { neuronvisioIcon } from '../viewer/icons';
import { CommandIDs, FACTORY_NAME, OPEN_PLUGIN_ID } from '../viewer/ids';
import { objectOf, textOf, textsOf } from './arguments';
import { choosePaths } from './choose';

/**
 * Opens a file in the viewer, or brings its tab to the front, with variables
 * drawn. A view that was kept is that of a tab which is not open.
 */
function openFile(
  app: JupyterFrontEnd,
  docManager: IDocumentManager,
  path: string,
  drawn: readonly string[] = [],
  view?: ReadonlyJSONObject
): void {
  const present = docManager.findWidget(path, FACTORY_NAME);
  if (present) {
    app.shell.activateById(present.id);
    draw(present, drawn);
    return;
  }
  // jupyterlab-h5web replaces `open` on the manager it is given and leaves the
  // factory that is asked for out of account; the class's own method does not.
  const own = Object.getPrototypeOf(docManager) as Partial<IDocumentManager>;
  const open = own.open ?? docManager.open;
  const opened = open.call(docManager, path, FACTORY_NAME);
  if (opened?.isDisposed && drawn.length > 0) {
    // It stands in another page, as in Jupyter Notebook.
    leaveDrawn(path, drawn);
  } else {
    if (view) {
      (opened as ResultDocument | undefined)?.content.restore(view);
    }
    draw(opened, drawn);
  }
}

function draw(opened: IDocumentWidget | undefined, paths: readonly string[]) {
  (opened as ResultDocument | undefined)?.content.draw(paths);
}

function selectedFile(browsers: IFileBrowserFactory | null): string | null {
  const items = browsers?.tracker.currentWidget?.selectedItems();
  for (const item of items ?? []) {
    if (item.type !== 'directory' && isResultFileName(item.name)) {
      return item.path;
    }
  }
  return null;
}

function openArguments(trans: TranslationBundle): { args: ReadonlyJSONObject } {
  return {
    args: {
      type: 'object',
      properties: {
        path: {
          type: 'string',
          description: trans.__(
            'The file to open; without it, a dialog asks for one'
          )
        },
        folder: {
          type: 'string',
          description: trans.__(
            "Where the dialog starts; without it, in the file browser's folder"
          )
        },
        draw: {
          type: 'array',
          items: { type: 'string' },
          description: trans.__(
            'Paths in the file of the variables to draw, such as /results/VecRef/soma/v'
          )
        },
        view: {
          type: 'object',
          description: trans.__(
            'What the tab showed in the page before, as it was kept'
          )
        }
      }
    }
  };
}

/** Opens result files by command, by the palette and by the file browser. */
const plugin: JupyterFrontEndPlugin<void> = {
  id: OPEN_PLUGIN_ID,
  description: 'Opens NEURON simulation results in the Neuronvisio viewer.',
  autoStart: true,
  requires: [IDocumentManager, ITranslator],
  optional: [ICommandPalette, IFileBrowserFactory],
  activate: (
    app: JupyterFrontEnd,
    docManager: IDocumentManager,
    translator: ITranslator,
    palette: ICommandPalette | null,
    browsers: IFileBrowserFactory | null
  ) => {
    const trans = translator.load('jupyterlab_neuronvisio');
    app.commands.addCommand(CommandIDs.openResults, {
      label: trans.__('Open Neuronvisio results'),
      caption: trans.__('Show the results of a NEURON simulation'),
      icon: neuronvisioIcon,
      describedBy: openArguments(trans),
      execute: async args => {
        const path =
          textOf(args.path) ??
          (
            await choosePaths({
              manager: docManager,
              translator,
              title: trans.__('Open Neuronvisio results'),
              label: trans.__('Choose the .h5 or .hdf5 file of a simulation.'),
              defaultPath:
                textOf(args.folder) ??
                browsers?.tracker.currentWidget?.model.path
            })
          )[0];
        if (path !== undefined) {
          openFile(
            app,
            docManager,
            path,
            textsOf(args.draw),
            objectOf(args.view)
          );
        }
      }
    });
    app.commands.addCommand(CommandIDs.openSelected, {
      label: trans.__('Open Neuronvisio results'),
      caption: trans.__('Show the selected file in the Neuronvisio viewer'),
      icon: neuronvisioIcon,
      describedBy: { args: { type: 'object', properties: {} } },
      isVisible: () => selectedFile(browsers) !== null,
      execute: () => {
        const path = selectedFile(browsers);
        if (path !== null) {
          openFile(app, docManager, path);
        }
      }
    });
    palette?.addItem({
      command: CommandIDs.openResults,
      category: trans.__('Neuronvisio')
    });
  }
};

export default plugin;
