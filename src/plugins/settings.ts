import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { FACTORY_NAME, FILE_TYPE_NAME, VIEWER_PLUGIN_ID } from '../viewer/ids';
import type { ViewerOptions } from '../viewer/options';

/** Keeps the options, and the default viewer of files, as the user's settings say, live. */
export function applySettings(
  registry: ISettingRegistry,
  options: ViewerOptions,
  documents: DocumentRegistry | null
): void {
  const update = (settings: ISettingRegistry.ISettings): void => {
    const get = (key: string) => settings.get(key).composite;
    options.update({
      legend: get('legend') as boolean,
      points: get('points') as boolean,
      lineWidth: get('lineWidth') as number,
      maxPoints: get('maxPoints') as number,
      maxTraces: get('maxTraces') as number,
      cacheMegabytes: get('cacheMegabytes') as number,
      onFileChange: get('onFileChange') === 'follow' ? 'follow' : 'ask'
    });
    documents?.setDefaultWidgetFactory(
      FILE_TYPE_NAME,
      get('defaultViewer') ? FACTORY_NAME : undefined
    );
  };
  registry
    .load(VIEWER_PLUGIN_ID)
    .then(settings => {
      update(settings);
      settings.changed.connect(update);
    })
    .catch(reason => {
      console.error('The Neuronvisio settings could not be read.', reason);
    });
}
