import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
// With the code, not as a script of its own: each is one more to wait for at every start.
import '../style/base.css';
import address from './plugins/address';
import commands from './plugins/commands';
import compare from './plugins/compare';
import mime from './plugins/mime';
import open from './plugins/open';
import viewer from './plugins/viewer';

export { IBrowserFocus, IResultTracker } from './viewer/tokens';

/** The plugins of the extension. */
const plugins: JupyterFrontEndPlugin<unknown>[] = [
  viewer,
  open,
  address,
  commands,
  compare,
  mime
];

export default plugins;
