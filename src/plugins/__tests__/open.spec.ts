import type { JupyterFrontEnd } from '@jupyterlab/application';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { CommandIDs } from '../../viewer/ids';
import plugin from '../open';

const PATH = 'Sim_0/run.h5';
const VIEW = { version: 1 };

/** A tab as far as the command knows it. */
function tab() {
  return { id: 'tab', content: { draw: jest.fn(), restore: jest.fn() } };
}

function commandsWith(present: object | undefined, opened: object) {
  const commands = new CommandRegistry();
  const manager = { findWidget: () => present, open: () => opened };
  void plugin.activate(
    {
      commands,
      shell: { activateById: () => undefined }
    } as unknown as JupyterFrontEnd,
    Object.create(manager),
    nullTranslator,
    null,
    null
  );
  return commands;
}

describe('the command that opens results', () => {
  it('should show in a new tab what was kept', async () => {
    const opened = tab();
    const commands = commandsWith(undefined, opened);
    await commands.execute(CommandIDs.openResults, { path: PATH, view: VIEW });
    expect(opened.content.restore).toHaveBeenCalledWith(VIEW);
    expect(opened.content.draw).toHaveBeenCalledWith([]);
  });

  it.each([undefined, null, 'view', [VIEW]])(
    'should show nothing for %p',
    async view => {
      const opened = tab();
      const commands = commandsWith(undefined, opened);
      await commands.execute(CommandIDs.openResults, { path: PATH, view });
      expect(opened.content.restore).not.toHaveBeenCalled();
    }
  );

  it('should leave a tab that is open as it is', async () => {
    const present = tab();
    const commands = commandsWith(present, tab());
    await commands.execute(CommandIDs.openResults, { path: PATH, view: VIEW });
    expect(present.content.restore).not.toHaveBeenCalled();
  });
});
