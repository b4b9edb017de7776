/** The plugin whose schema holds the settings, the toolbar and the menus. */
export const VIEWER_PLUGIN_ID = 'jupyterlab-neuronvisio:plugin';

/** The plugin that opens files. */
export const OPEN_PLUGIN_ID = 'jupyterlab-neuronvisio:open';

/** The plugin with the commands on figures and on the tree. */
export const COMMANDS_PLUGIN_ID = 'jupyterlab-neuronvisio:commands';

/** The plugin that compares files. */
export const COMPARE_PLUGIN_ID = 'jupyterlab-neuronvisio:compare';

/** The plugin that opens what the address of the page names. */
export const ADDRESS_PLUGIN_ID = 'jupyterlab-neuronvisio:address';

/** The plugin that shows results in notebooks and consoles. */
export const MIME_PLUGIN_ID = 'jupyterlab-neuronvisio:mime';

/** The name of the document widget factory, as Open With and `docmanager:open` know it. */
export const FACTORY_NAME = 'Neuronvisio';

/** The name of the model factory. */
export const MODEL_NAME = 'neuronvisio-metadata';

/** The name of the file type. */
export const FILE_TYPE_NAME = 'neuronvisio-hdf5';

/** The ids of the commands. */
export const CommandIDs = {
  openResults: 'neuronvisio:open-results',
  openAddress: 'neuronvisio:open-address',
  openSelected: 'neuronvisio:open-selected',
  reloadFile: 'neuronvisio:reload-file',
  followFile: 'neuronvisio:follow-file',
  compare: 'neuronvisio:compare',
  newFigure: 'neuronvisio:new-figure',
  clearFigure: 'neuronvisio:clear-figure',
  resetZoom: 'neuronvisio:reset-zoom',
  toggleLegend: 'neuronvisio:toggle-legend',
  togglePoints: 'neuronvisio:toggle-points',
  drawInNewFigure: 'neuronvisio:draw-in-new-figure',
  useAsX: 'neuronvisio:use-as-x',
  useOwnX: 'neuronvisio:use-own-x',
  useSampleIndex: 'neuronvisio:use-sample-index',
  copyPath: 'neuronvisio:copy-path'
} as const;
