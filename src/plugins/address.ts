import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IRouter } from '@jupyterlab/application';
import { ITranslator } from '@jupyterlab/translation';
import { ADDRESS_PLUGIN_ID, CommandIDs } from '../viewer/ids';

/** What the address asks for: `?neuronvisio=open`, with `path=` for a file. */
const ASKED = 'neuronvisio';
const OPEN = 'open';
const PATH = 'path';

/** JupyterLab's own word for the folder of the file browser. */
const FOLDER = 'file-browser-path';

/** Takes our words out of the address, so that a reload does not open once more. */
function forget(): void {
  const { pathname, search, hash } = window.location;
  // What is not ours stays letter for letter: JupyterLab takes + for itself.
  const others = search
    .slice(1)
    .split('&')
    .filter(word => ![ASKED, PATH].includes(word.split('=')[0]))
    .join('&');
  const url = pathname + (others && `?${others}`) + hash;
  // Not the router, which would leave the old address behind the Back button.
  window.history.replaceState(window.history.state, '', url);
}

/** Opens a file, or the dialog that asks for one, when the page's address says so. */
const plugin: JupyterFrontEndPlugin<void> = {
  id: ADDRESS_PLUGIN_ID,
  description: 'Opens results that the address of the page names.',
  autoStart: true,
  requires: [IRouter, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    router: IRouter,
    translator: ITranslator
  ): void => {
    const trans = translator.load('jupyterlab_neuronvisio');
    app.commands.addCommand(CommandIDs.openAddress, {
      label: trans.__('Open the results that the address names'),
      describedBy: {
        args: {
          type: 'object',
          properties: {
            search: {
              type: 'string',
              description: trans.__('The query of the address')
            }
          }
        }
      },
      execute: args => {
        const query = new URLSearchParams(
          typeof args.search === 'string' ? args.search : ''
        );
        if (query.get(ASKED) !== OPEN) {
          return;
        }
        const path = query.get(PATH);
        // The file browser may not have come to its folder when the dialog opens.
        const folder = query.get(FOLDER);
        forget();
        // The route must not wait for a dialog, and tabs come back before ours opens.
        void app.restored.then(() =>
          app.commands.execute(CommandIDs.openResults, {
            ...(path ? { path } : {}),
            ...(folder ? { folder } : {})
          })
        );
      }
    });
    router.register({
      command: CommandIDs.openAddress,
      pattern: new RegExp(`[?&]${ASKED}=`)
    });
  }
};

export default plugin;
