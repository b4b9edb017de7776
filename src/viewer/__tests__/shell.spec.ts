import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { fakePage, settle } from '../../plot/__tests__/plotpage';
import { ViewKeeper } from '../keeper';
import type { IShellSetup } from '../shell';
import { ViewerShell } from '../shell';
import { ActivityItem } from '../toolbar';
import { ResultViewer } from '../viewer';
import { FakeFile, trans, TWO, V } from './fakefile';
import { gate, viewerSetup } from './viewerpage';

jest.mock('../../plot/loader');

let file: FakeFile;
let shell: ViewerShell;

fakePage();

beforeEach(() => {
  file = new FakeFile(TWO);
});

afterEach(() => shell.dispose());

function show(load: IShellSetup['load'], ready = Promise.resolve()): void {
  shell = new ViewerShell({ load, ready, trans });
  Widget.attach(shell, document.body);
  MessageLoop.flush();
}

const loadViewer = () => Promise.resolve(new ResultViewer(viewerSetup(file)));

describe('ViewerShell', () => {
  it('should show the file at once, and open it when it is ready', async () => {
    const ready = gate();
    show(loadViewer, ready.promise);
    await settle();
    expect(shell.node.querySelector('[role=tree]')!.textContent).toContain(
      'soma'
    );
    const opened = jest.spyOn(ResultViewer.prototype, 'open');
    await settle();
    expect(opened).not.toHaveBeenCalled();
    ready.open();
    await settle();
    expect(opened).toHaveBeenCalledTimes(1);
    opened.mockRestore();
  });

  it('should have a viewer from the start where its code is loaded', async () => {
    const viewer = new ResultViewer(viewerSetup(file));
    const opened = jest.spyOn(viewer, 'openAhead');
    shell = new ViewerShell({
      load: () => viewer,
      ready: Promise.resolve(),
      trans
    });
    expect(opened).toHaveBeenCalledTimes(1);
    expect(shell.source).toBe(viewer.source);
    await settle();
    expect(shell.browser).not.toBeNull();
  });

  it('should tell when there is something to see under the spinner', async () => {
    const ready = gate();
    show(loadViewer, ready.promise);
    expect(shell.hasClass('jp-mod-shown')).toBe(false);
    await settle();
    expect(shell.hasClass('jp-mod-shown')).toBe(true);
    ready.open();
  });

  it('should have the tree from the start where the file is open', () => {
    const begun = file.summary;
    const viewer = new ResultViewer(viewerSetup(file, { begun }));
    shell = new ViewerShell({
      load: () => viewer,
      ready: gate().promise,
      trans
    });
    expect(shell.hasClass('jp-mod-shown')).toBe(true);
    expect(shell.node.querySelector('[role=tree]')).not.toBeNull();
    shell.draw([V]);
    expect(shell.browser!.model.selection).toEqual([V]);
    expect(file.opened).toBe(0);
  });

  it('should draw what was asked for before the viewer was there', async () => {
    show(loadViewer);
    shell.draw([V]);
    await settle();
    expect(shell.browser!.model.selection).toEqual([V]);
  });

  it('should hand on what was kept, and have it kept until then', async () => {
    const kept = { version: 1, figures: [] };
    const changed = jest.fn();
    show(loadViewer);
    expect(shell.view).toBeNull();
    shell.viewChanged.connect(changed);
    shell.restore(kept);
    expect(shell.view).toBe(kept);
    expect(changed).toHaveBeenCalledTimes(1);
    const restore = jest.spyOn(ViewKeeper.prototype, 'restore');
    await settle();
    expect(restore).toHaveBeenCalledWith(kept);
  });

  it('should tell that there is something else to keep', async () => {
    show(loadViewer);
    await settle();
    const changed = jest.fn();
    shell.viewChanged.connect(changed);
    shell.restore({ version: 1 });
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it('should say why there is no viewer, and try again', async () => {
    let tries = 0;
    show(() =>
      tries++ === 0
        ? Promise.reject(new Error('ChunkLoadError <b>640</b>'))
        : loadViewer()
    );
    await settle();
    const alert = shell.node.querySelector('[role=alert]')!;
    expect(alert.textContent).toContain('could not be loaded');
    expect(shell.node.querySelector('details')!.textContent).toContain(
      '<b>640</b>'
    );
    const retry = shell.node.querySelector('button')!;
    retry.focus();
    retry.click();
    const status = shell.node.querySelector('[role=status]')!;
    expect(status.textContent).toBe('Loading the viewer…');
    expect(document.activeElement).toBe(shell.node);
    await settle();
    expect(shell.node.querySelector('[role=alert]')).toBeNull();
    expect(status.isConnected).toBe(false);
    expect(shell.browser).not.toBeNull();
    expect(shell.node.contains(document.activeElement)).toBe(true);
  });

  it('should show nothing of a file that turns out not to be there', async () => {
    let fail = (_: Error): void => undefined;
    show(loadViewer, new Promise((_, reject) => (fail = reject)));
    await settle();
    const viewer = shell.source!;
    fail(new Error('404'));
    await settle();
    expect(viewer.isDisposed).toBe(true);
    expect(shell.source).toBeNull();
    expect(shell.node.querySelector('[role=tree]')).toBeNull();
    expect(shell.node.querySelector('[role=alert]')).not.toBeNull();
  });

  it('should dispose of a viewer that comes when the tab is closed', async () => {
    const loaded = gate();
    show(async () => {
      await loaded.promise;
      return loadViewer();
    });
    shell.dispose();
    loaded.open();
    await settle();
    expect(file.isDisposed).toBe(true);
  });

  it('should give the keyboard on to the viewer', async () => {
    show(loadViewer);
    shell.activate();
    MessageLoop.flush();
    expect(document.activeElement).toBe(shell.node);
    await settle();
    const tree = shell.node.querySelector('[role=tree]')!;
    expect(tree.contains(document.activeElement)).toBe(true);
  });

  it('should let a toolbar follow the file that comes later', async () => {
    show(loadViewer);
    const item = new ActivityItem(shell, trans);
    Widget.attach(item, document.body);
    await settle();
    file.setActivity({ what: 'reading', done: 2e6, total: null });
    expect(item.node.textContent).toContain('Reading… 2.0 MB');
    item.dispose();
  });
});
