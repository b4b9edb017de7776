import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import address from './plugins/address';
import commands from './plugins/commands';
import open from './plugins/open';
import viewer from './plugins/viewer';

export { IResultTracker } from './viewer/tokens';

/** The plugins of the extension. */
const plugins: JupyterFrontEndPlugin<unknown>[] = [
  viewer,
  open,
  address,
  commands
];

export default plugins;
