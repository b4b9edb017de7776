import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IThemeManager } from '@jupyterlab/apputils';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator } from '@jupyterlab/translation';
// A renderer has to answer at once; what is large loads with the first output in sight.
import { rendererFactory } from '../mime/renderer';
import { CommandIDs, MIME_PLUGIN_ID } from '../viewer/ids';
import { ViewerOptions } from '../viewer/options';
import { IBrowserFocus } from '../viewer/tokens';
import { applySettings } from './settings';

/** Shows results in the outputs of notebooks and consoles. */
const plugin: JupyterFrontEndPlugin<void> = {
  id: MIME_PLUGIN_ID,
  description:
    'Shows NEURON simulation results in the outputs of notebooks and consoles.',
  autoStart: true,
  requires: [IRenderMimeRegistry, ITranslator],
  optional: [ISettingRegistry, IThemeManager, IBrowserFocus],
  activate: (
    app: JupyterFrontEnd,
    rendermime: IRenderMimeRegistry,
    translator: ITranslator,
    settings: ISettingRegistry | null,
    themes: IThemeManager | null,
    focus: IBrowserFocus | null
  ) => {
    const { contents, serverSettings } = app.serviceManager;
    const options = new ViewerOptions();
    if (settings) {
      applySettings(settings, options, null);
    }
    rendermime.addFactory(
      rendererFactory({
        services: { contents, serverSettings },
        options,
        trans: translator.load('jupyterlab_neuronvisio'),
        themeChanged: themes?.themeChanged,
        focus,
        openTab: (path, drawn) =>
          void app.commands.execute(CommandIDs.openResults, {
            path,
            draw: [...drawn]
          })
      })
    );
  }
};

export default plugin;
