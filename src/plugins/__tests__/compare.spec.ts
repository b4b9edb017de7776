import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import { FakeFile, TWO } from '../../viewer/__tests__/fakefile';
import { newWatch } from '../../viewer/__tests__/viewerpage';
import type { ResultBrowser } from '../../viewer/browser';
import { Comparison } from '../../viewer/comparison';
import { BrowserFocus } from '../../viewer/focus';
import { CommandIDs } from '../../viewer/ids';
import { choosePaths } from '../choose';
import plugin from '../compare';

jest.mock('../choose');

const COMPARE = CommandIDs.compare;

/** Without a time, it would stand in the list of the status bar only. */
const SEEN = { autoClose: 5000 };

let commands: CommandRegistry;
let focus: BrowserFocus;
let comparison: Comparison;

/** Results as far as the command knows them. */
function resultsWith(of: Comparison | null): ResultBrowser {
  return { comparison: of } as unknown as ResultBrowser;
}

beforeEach(() => {
  commands = new CommandRegistry();
  focus = new BrowserFocus();
  comparison = new Comparison(
    new FakeFile(TWO),
    { path: () => 'Sim_0/run.h5', open: () => new FakeFile(TWO) },
    newWatch()
  );
  const tracker = {
    currentWidget: null,
    currentChanged: new Signal({}),
    widgetAdded: new Signal({})
  };
  void plugin.activate(
    { commands } as unknown as JupyterFrontEnd,
    tracker,
    focus,
    {},
    nullTranslator,
    null
  );
});

afterEach(() => jest.restoreAllMocks());

const paths = () => comparison.compared.map(({ path }) => path);

describe('the command that adds results to compare', () => {
  it('is for a file in a tab, and not for an output of a notebook', () => {
    expect(commands.isEnabled(COMPARE)).toBe(false);
    focus.use(() => resultsWith(null));
    expect(commands.isEnabled(COMPARE)).toBe(false);
    focus.use(() => resultsWith(comparison));
    expect(commands.isEnabled(COMPARE)).toBe(true);
  });

  it('asks for files where the opened one lies', async () => {
    jest.mocked(choosePaths).mockResolvedValue(['a.h5', 'b.h5']);
    focus.use(() => resultsWith(comparison));
    await commands.execute(COMPARE);
    const [[asked]] = jest.mocked(choosePaths).mock.calls;
    expect(asked.defaultPath).toBe('Sim_0');
    expect(paths()).toEqual(['a.h5', 'b.h5']);
  });

  it('takes the files that it is given', async () => {
    focus.use(() => resultsWith(comparison));
    await commands.execute(COMPARE, { paths: ['c.h5'] });
    expect(paths()).toEqual(['c.h5']);
  });

  it('adds nothing to a tab that was closed meanwhile', async () => {
    jest.mocked(choosePaths).mockImplementation(async () => {
      comparison.dispose();
      return ['a.h5'];
    });
    const warn = jest.spyOn(Notification, 'warning');
    focus.use(() => resultsWith(comparison));
    await commands.execute(COMPARE);
    expect(paths()).toEqual([]);
    expect(warn).not.toHaveBeenCalled();
  });

  it('says when there is no room, and when all is there already', async () => {
    const warn = jest.spyOn(Notification, 'warning').mockReturnValue('');
    const info = jest.spyOn(Notification, 'info').mockReturnValue('');
    focus.use(() => resultsWith(comparison));
    const many = Array.from({ length: 22 }, (_, i) => `run_${i}.h5`);
    await commands.execute(COMPARE, { paths: many });
    expect(warn).toHaveBeenCalledWith(
      'At most 20 files are compared at a time; 2 files were left out.',
      SEEN
    );
    expect(info).not.toHaveBeenCalled();
    await commands.execute(COMPARE, { paths: ['Sim_0/run.h5', 'run_0.h5'] });
    expect(info).toHaveBeenCalledWith('These results are shown already.', SEEN);
  });
});
