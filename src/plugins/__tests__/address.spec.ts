import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Router } from '@jupyterlab/application';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { PromiseDelegate } from '@lumino/coreutils';
import plugin from '../address';
import { CommandIDs } from '../../viewer/ids';

/** Routes a page of this address; gives what was opened before and after the page was restored. */
async function visit(address: string): Promise<unknown[]> {
  window.history.pushState({}, '', address);
  const opened: unknown[] = [];
  const commands = new CommandRegistry();
  commands.addCommand(CommandIDs.openResults, {
    describedBy: { args: { type: 'object', properties: {} } },
    execute: args => opened.push({ ...args })
  });
  const restored = new PromiseDelegate<void>();
  const app = { commands, restored: restored.promise };
  const router = new Router({ base: '/', commands });
  await plugin.activate(
    app as unknown as JupyterFrontEnd,
    router,
    nullTranslator
  );
  await router.route();
  expect(opened).toEqual([]);
  restored.resolve();
  await restored.promise;
  return opened;
}

function current(): string {
  return window.location.pathname + window.location.search;
}

describe('the address of the page', () => {
  it('opens the file that it names, and forgets it', async () => {
    const opened = await visit('/lab?neuronvisio=open&path=a%20b/%23%2525.h5');
    expect(opened).toEqual([{ path: 'a b/#%25.h5' }]);
    expect(current()).toBe('/lab');
  });

  it('opens the dialog when it names no file', async () => {
    expect(await visit('/lab?neuronvisio=open')).toEqual([{}]);
    expect(current()).toBe('/lab');
  });

  it('opens the dialog in the folder of the file browser', async () => {
    const address = '/lab?neuronvisio=open&file-browser-path=a%20b/c';
    expect(await visit(address)).toEqual([{ folder: 'a b/c' }]);
    expect(current()).toBe('/lab?file-browser-path=a%20b/c');
  });

  it('keeps what is not ours', async () => {
    await visit('/lab?reset=1&neuronvisio=open&path=x.h5&token=abc');
    expect(current()).toBe('/lab?reset=1&token=abc');
  });

  it.each(['/lab', '/lab?path=x.h5', '/lab?neuronvisio=other&path=x.h5'])(
    'is left alone at %s',
    async address => {
      expect(await visit(address)).toEqual([]);
      expect(current()).toBe(address);
    }
  );

  it('leaves nothing to open behind the Back button', async () => {
    const before = window.history.length;
    await visit('/lab?neuronvisio=open');
    expect(window.history.length).toBe(before + 1);
  });
});
