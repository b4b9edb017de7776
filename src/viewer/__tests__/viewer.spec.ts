import { MessageLoop } from '@lumino/messaging';
import { fakePage, settle } from '../../plot/__tests__/plotpage';
import type { IFailure } from '../../refs/failure';
import type { ResultViewer } from '../viewer';
import { FakeFile, TWO, V } from './fakefile';
import { gate, showViewer } from './viewerpage';

jest.mock('../../plot/loader');

const SOMA = '/results/VecRef/soma';
const PAYLOAD = '<img src=q onerror=alert(1)>';
const GONE: IFailure = { code: 'server-gone', technical: 'no answer' };

let file: FakeFile;
let viewer: ResultViewer;

fakePage();

beforeEach(() => {
  file = new FakeFile(TWO);
  viewer = showViewer(file);
});

afterEach(() => viewer.dispose());

const message = () =>
  viewer.node.querySelector<HTMLElement>('.jp-NeuronvisioMessage')!;

const isSaid = () => !message().classList.contains('lm-mod-hidden');

function button(label: string): HTMLButtonElement {
  const all = Array.from(message().querySelectorAll('button'));
  const found = all.find(({ textContent }) => textContent === label);
  if (!found) {
    throw new Error(`There is no button ${label}`);
  }
  return found;
}

/** Open the file, and a section of it. */
async function open(): Promise<void> {
  await viewer.open();
  await viewer.browser!.contents.requestChildren(['/results/VecRef', SOMA]);
  await viewer.browser!.contents.requestFacts([V]);
  viewer.browser!.model.setExpanded(SOMA, true);
  await settled();
}

async function settled(): Promise<void> {
  await settle();
  MessageLoop.flush();
}

/** Ask the file for something, as the figures and the details do. */
async function fail(failure: IFailure): Promise<void> {
  file.failure = failure;
  await expect(viewer.source.preview(V)).rejects.toMatchObject({ failure });
}

const row = (path: string) =>
  viewer.node.querySelector<HTMLElement>(`[data-path="${path}"]`);

describe('ResultViewer', () => {
  describe('#open()', () => {
    it('should read nothing before, and say that the file is opened', async () => {
      expect(file.opened).toBe(0);
      expect(viewer.browser).toBeNull();
      expect(message().getAttribute('role')).toBe('status');
      expect(message().textContent).toContain('Opening the file…');
    });

    it('should show the tree and take the message away', async () => {
      const changed = jest.fn();
      viewer.stateChanged.connect(changed);
      await open();
      expect(isSaid()).toBe(false);
      expect(row(V)).not.toBeNull();
      expect(changed).toHaveBeenCalled();
    });

    it('should tell how far it has come, and stop when asked to', async () => {
      const held = gate();
      file.gate = held.promise;
      const opening = viewer.open();
      const activity = { done: 2e6, total: 8e6 };
      file.setActivity({ what: 'downloading', ...activity });
      expect(message().textContent).toContain('2.0 of 8.0 MB');
      const bar = message().querySelector('progress')!;
      expect([bar.value, bar.max]).toEqual([2e6, 8e6]);
      button('Stop').click();
      expect(file.stopped).toBe(1);
      file.failure = { code: 'cancelled', technical: 'stop' };
      held.open();
      await opening;
      expect(message().textContent).toContain('Reading was stopped.');
    });

    it('should open once at a time', async () => {
      await Promise.all([viewer.open(), viewer.open()]);
      expect(file.opened).toBe(1);
    });

    it('should say what is wrong as text, folded the technical details', async () => {
      file.failure = { code: 'damaged', technical: PAYLOAD };
      await viewer.open();
      expect(viewer.browser).toBeNull();
      expect(message().getAttribute('role')).toBe('alert');
      expect(message().textContent).toContain('The file is damaged');
      expect(message().querySelector('details')!.open).toBe(false);
      expect(message().querySelector('pre')!.textContent).toBe(PAYLOAD);
      expect(viewer.node.querySelector('img')).toBeNull();
    });

    it('should show the file after Retry', async () => {
      file.failure = GONE;
      await viewer.open();
      file.failure = null;
      button('Retry').click();
      expect(message().textContent).toContain('Opening the file…');
      await settled();
      expect(file.opened).toBe(2);
      expect(viewer.browser).not.toBeNull();
      expect(isSaid()).toBe(false);
    });

    it('should give the keyboard to the tree only where the viewer had it', async () => {
      await open();
      expect(viewer.node.contains(document.activeElement)).toBe(false);
      const other = showViewer(new FakeFile(TWO));
      other.activate();
      MessageLoop.flush();
      expect(document.activeElement).toBe(other.node);
      await other.open();
      MessageLoop.flush();
      expect(document.activeElement!.getAttribute('role')).toBe('tree');
      other.dispose();
    });
  });

  describe('a failure of the whole file', () => {
    it('should be a banner with Retry above the tree', async () => {
      await open();
      await fail(GONE);
      expect(isSaid()).toBe(true);
      expect(message().classList).toContain('jp-mod-banner');
      expect(message().textContent).toContain('does not answer');
      expect(row(V)).not.toBeNull();
      expect(file.opened).toBe(1);
    });

    it('should be over after Retry, with the tree as it was', async () => {
      await open();
      const { browser } = viewer;
      browser!.model.activate(V);
      await fail(GONE);
      file.failure = null;
      button('Retry').click();
      await settled();
      expect(isSaid()).toBe(false);
      expect(viewer.browser).toBe(browser);
      expect(row(V)!.getAttribute('aria-selected')).toBe('true');
    });

    it('should stay where Retry does not help, and keep the tree', async () => {
      await open();
      await fail(GONE);
      button('Retry').click();
      await settled();
      expect(file.opened).toBe(2);
      expect(isSaid()).toBe(true);
      expect(message().textContent).toContain('does not answer');
      expect(row(V)).not.toBeNull();
    });

    it('should not be said for one node', async () => {
      await open();
      await fail({ code: 'filter-missing', path: V, technical: 'blosc' });
      expect(isSaid()).toBe(false);
    });
  });

  describe('#dispose()', () => {
    it('should be safe twice, and dispose of the file', async () => {
      await open();
      const { browser } = viewer;
      viewer.dispose();
      viewer.dispose();
      expect(file.isDisposed).toBe(true);
      expect(browser!.isDisposed).toBe(true);
    });

    it.each([
      ['is opened', null],
      ['fails to open', GONE]
    ])('should be silent while the file %s', async (_, failure) => {
      const held = gate();
      file.gate = held.promise;
      const opening = viewer.open();
      const changed = jest.fn();
      viewer.stateChanged.connect(changed);
      viewer.dispose();
      file.failure = failure;
      held.open();
      await opening;
      expect(viewer.browser).toBeNull();
      expect(changed).not.toHaveBeenCalled();
      await viewer.open();
      expect(file.opened).toBe(1);
    });
  });
});
