import { MessageLoop } from '@lumino/messaging';
import { MimeModel } from '@jupyterlab/rendermime';
import { ServerConnection } from '@jupyterlab/services';
import { Widget } from '@lumino/widgets';
import { FakePlotly } from '../../plot/__tests__/fakeplot';
import { loadPlotly } from '../../plot/loader';
import { trans } from '../../viewer/__tests__/fakefile';
import { BrowserFocus } from '../../viewer/focus';
import { ViewerOptions } from '../../viewer/options';
import { MIME_TYPE } from '../mimetype';
import type { ResultRenderer } from '../renderer';
import { rendererFactory } from '../renderer';
import { whenSeen } from '../seen';
import { canned } from './canned';

jest.mock('../../plot/loader');
jest.mock('../seen', () => ({
  whenSeen: jest.fn(),
  whenSized: () => ({ end: () => undefined })
}));

let focus: BrowserFocus;
let requests: string[];
let tabs: unknown[];
let shown: ResultRenderer[];
/** Makes every output that is not seen yet seen. */
let see: () => void;

beforeEach(() => {
  focus = new BrowserFocus();
  requests = [];
  tabs = [];
  shown = [];
  const waiting: (() => void)[] = [];
  see = () => waiting.splice(0).forEach(seen => seen());
  jest.mocked(whenSeen).mockImplementation((_, seen) => {
    waiting.push(seen);
    return { end: () => undefined };
  });
  jest.mocked(loadPlotly).mockResolvedValue(new FakePlotly());
});

afterEach(() => shown.forEach(renderer => renderer.dispose()));

/** The state of the file on the server. */
type Found = { size: number; last_modified: string } | 'missing';

const SAME = { size: 8864, last_modified: '2026-11-23T21:00:00.123456Z' };

interface IState {
  trusted?: boolean;
  folder?: string;
  found?: Found;
  /** Whether it is rendered at once. */
  shown?: boolean;
}

async function render(
  name: string,
  {
    trusted = true,
    folder = 'work',
    found = SAME,
    shown: isShown = true
  }: IState = {}
): Promise<ResultRenderer> {
  const data = canned(name) as { file?: { size: number } };
  if (data?.file && typeof data.file.size === 'number') {
    data.file.size = SAME.size;
  }
  const contents = {
    driveName: () => '',
    localPath: (path: string) => path,
    get: async (path: string) => {
      requests.push(path);
      if (found === 'missing') {
        const response = new Response('', { status: 404 });
        throw new ServerConnection.ResponseError(response);
      }
      return found;
    },
    getDownloadUrl: async (path: string) => {
      requests.push(`bytes of ${path}`);
      throw new Error('no bytes in a test');
    }
  };
  const factory = rendererFactory({
    services: {
      contents,
      serverSettings: ServerConnection.makeSettings()
    } as never,
    options: new ViewerOptions(),
    trans,
    focus,
    openTab: (path, drawn) => tabs.push([path, drawn])
  });
  const resolver = { resolveUrl: async () => encodeURI(`${folder}/x`) };
  const renderer = factory.createRenderer({
    mimeType: MIME_TYPE,
    resolver
  } as never) as ResultRenderer;
  shown.push(renderer);
  Widget.attach(renderer, document.body);
  if (isShown) {
    await renderer.renderModel(model(data, trusted));
    await settle();
  }
  return renderer;
}

function model(data: unknown, trusted = true): MimeModel {
  return new MimeModel({
    trusted,
    data: { [MIME_TYPE]: data as never, 'text/plain': 'the tree as text' }
  });
}

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    MessageLoop.flush();
    await new Promise(resolve => setTimeout(resolve, 0));
  }
}

const lineOf = (renderer: ResultRenderer) =>
  renderer.node.querySelector('.jp-NeuronvisioOutput-line')?.textContent ?? '';

const rowsOf = (renderer: ResultRenderer) =>
  renderer.view?.browser?.model.rows.slice().map(row => row.path);

describe('ResultRenderer', () => {
  it('should have plotly loaded from its start, beside what shows outputs', async () => {
    const load = jest.mocked(loadPlotly).mockClear();
    await render('good-traces');
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('should leave it to the drawing to tell that plotly does not load', async () => {
    jest.mocked(loadPlotly).mockRejectedValueOnce(new Error('no chunk'));
    const renderer = await render('good-traces');
    see();
    await settle();
    expect(renderer.view?.browser?.figures.current.paths).toHaveLength(4);
  });

  describe('#renderModel()', () => {
    it('should keep the room of an output until what shows it is there, and say so', async () => {
      const renderer = await render('good-traces', { shown: false });
      const rendered = renderer.renderModel(model(canned('good-traces')));
      const waiting = renderer.node.querySelector('[role=status]')!;
      expect(waiting.textContent).toBe('Loading the viewer…');
      expect(waiting.parentElement!.style.height).toBe('410px');
      await rendered;
      expect(waiting.isConnected).toBe(false);
      const { view } = renderer;
      const again = renderer.renderModel(model(canned('good-traces')));
      expect(renderer.node.textContent).not.toContain('Loading');
      await again;
      expect(renderer.view).toBe(view);
    });

    it('should keep no room for an output that is refused', async () => {
      const renderer = await render('bad-null');
      expect(renderer.node.textContent).not.toContain('Loading');
      expect(renderer.node.textContent).toContain('its text is:');
    });

    it('should build nothing before it is seen, then the tree and the traces from the output', async () => {
      const renderer = await render('good-traces');
      expect(renderer.node.textContent).toContain('storage.h5');
      expect(renderer.view?.browser).toBeNull();
      see();
      await settle();
      expect(renderer.view?.browser?.figures.current.paths).toEqual([
        '/results/VecRef/dend_0/v',
        '/results/VecRef/dend_2/v',
        '/results/Spikes/soma/count',
        '/results/Gaps/soma/ca'
      ]);
      expect(rowsOf(renderer)).toContain('/results/VecRef');
      expect(requests).toEqual([]);
    });

    it.each(['good-hostile-texts', 'odd-names', 'odd-groups-twice'])(
      'should show %s as text',
      async name => {
        const renderer = await render(name, { trusted: false });
        see();
        await settle();
        expect(renderer.view?.browser).not.toBeNull();
        expect(renderer.node.querySelector('img, a, script')).toBeNull();
      }
    );

    it('should refuse a later version in a sentence, with the text', async () => {
      const { node } = await render('later-version');
      expect(node.textContent).toContain('made by a later version');
      expect(node.querySelector('pre')?.textContent).toBe('the tree as text');
    });

    it.each(['bad-null', 'bad-list', 'bad-shape', 'odd-lengths'])(
      'should refuse %s in a sentence, with the text and what is wrong',
      async name => {
        const { node } = await render(name);
        expect(node.textContent).toContain('not as Neuronvisio writes it');
        expect(node.querySelector('pre')?.textContent).toBe('the tree as text');
        expect(node.querySelector('details')?.textContent).not.toBe('');
      }
    );

    it('should take a newer state, and keep what the user drew', async () => {
      const renderer = await render('good-not-saved');
      see();
      await settle();
      expect(renderer.node.textContent).toContain('the simulation is running');
      const first = renderer.view?.browser;
      const rest = canned('good-not-saved') as {
        state?: string;
        drawn: unknown[];
      };
      delete rest.state;
      await renderer.renderModel(
        model({ ...rest, drawn: rest.drawn.slice(0, 1) })
      );
      await settle();
      expect(renderer.view?.browser).toBe(first);
      expect(renderer.node.textContent).not.toContain('is running');
      expect(first?.figures.current.paths).toEqual([
        '/results/VecRef/dend_0/v'
      ]);
      first?.draw(['/results/VecRef/dend_2/v']);
      await renderer.renderModel(model(rest));
      await settle();
      expect(first?.figures.current.paths).toEqual([
        '/results/VecRef/dend_2/v'
      ]);
    });
  });

  describe('the file', () => {
    async function want(renderer: ResultRenderer): Promise<void> {
      see();
      await settle();
      renderer.view?.browser?.draw(['/results/VecRef/dend_1/v']);
      await renderer.view?.browser?.contents.requestChildren([
        '/results/VecRef/unknown'
      ]);
      await settle();
    }

    it('should be looked for from where the notebook is, when more is wanted', async () => {
      const renderer = await render('good-tree-only', { folder: 'my work' });
      await want(renderer);
      expect(requests.slice(0, 2)).toEqual([
        'my work/Sims/Sim_1/storage.h5',
        'bytes of my work/Sims/Sim_1/storage.h5'
      ]);
    });

    it('should not be looked for in an untrusted notebook, which says so', async () => {
      const renderer = await render('good-traces', { trusted: false });
      expect(lineOf(renderer)).toBe('');
      await want(renderer);
      expect(requests).toEqual([]);
      expect(lineOf(renderer)).toContain('This notebook is not trusted');
    });

    it.each([
      'good-path-absolute',
      'good-path-leaves',
      'good-path-scheme',
      'good-path-drive',
      'good-path-protocol-relative',
      'good-path-backslash'
    ])('should not be looked for where %s leads', async name => {
      const renderer = await render(name);
      await want(renderer);
      expect(requests).toEqual([]);
      expect(lineOf(renderer)).toContain('not in the folder that this server');
    });

    it('should not be read when it changed, unless that is wanted', async () => {
      const found = { ...SAME, size: 1 };
      const renderer = await render('good-traces', { found });
      await want(renderer);
      expect(requests).toEqual(['work/storage.h5']);
      expect(lineOf(renderer)).toContain('changed since this output was made');
      const button = renderer.node.querySelector<HTMLButtonElement>(
        '.jp-NeuronvisioOutput-line button'
      );
      expect(button?.textContent).toBe('Show the file as it is now');
      button?.click();
      await settle();
      expect(requests.slice(1, 3)).toEqual([
        'work/storage.h5',
        'bytes of work/storage.h5'
      ]);
    });

    it('should be said to be gone when it is', async () => {
      const renderer = await render('good-traces', { found: 'missing' });
      await want(renderer);
      expect(lineOf(renderer)).toContain('is not there any more');
    });
  });

  describe('"Open in a tab"', () => {
    const press = async (renderer: ResultRenderer) => {
      const button = renderer.node.querySelector<HTMLElement>(
        '.jp-NeuronvisioOutput-open button, .jp-NeuronvisioOutput-open jp-button'
      );
      button?.click();
      await settle();
    };

    it('should open the file with the traces drawn, in an untrusted notebook too', async () => {
      const renderer = await render('good-traces', { trusted: false });
      await press(renderer);
      expect(tabs).toEqual([
        [
          'work/storage.h5',
          expect.arrayContaining(['/results/VecRef/dend_0/v'])
        ]
      ]);
    });

    it('should say that the file is gone, or out of reach', async () => {
      const gone = await render('good-traces', { found: 'missing' });
      await press(gone);
      expect(lineOf(gone)).toContain('is not there any more');
      const outside = await render('good-path-leaves');
      await press(outside);
      expect(lineOf(outside)).toContain('not in the folder');
      expect(tabs).toEqual([]);
    });

    it('should not be there for what was not saved', async () => {
      const renderer = await render('good-not-saved');
      const button = renderer.node.querySelector('.jp-NeuronvisioOutput-open');
      expect(button?.classList.contains('lm-mod-hidden')).toBe(true);
    });
  });

  describe('the height', () => {
    it('should follow the arrow keys within its limits', async () => {
      const renderer = await render('good-traces');
      const handle = renderer.node.querySelector('[role="separator"]');
      const body = renderer.node.querySelector<HTMLElement>(
        '.jp-NeuronvisioOutput-body'
      );
      expect(body?.style.height).toBe('360px');
      const press = (key: string) =>
        handle?.dispatchEvent(new KeyboardEvent('keydown', { key }));
      press('ArrowDown');
      expect(body?.style.height).toBe('380px');
      Array.from({ length: 20 }, () => press('ArrowUp'));
      expect(body?.style.height).toBe('160px');
      expect(handle?.getAttribute('aria-valuenow')).toBe('160');
    });
  });

  describe('#dispose()', () => {
    it('should leave nothing behind for commands', async () => {
      const renderer = await render('good-traces');
      see();
      await settle();
      renderer.node
        .querySelector('.jp-NeuronvisioOutput')
        ?.dispatchEvent(new Event('pointerdown'));
      expect(focus.current).toBe(renderer.view?.browser);
      renderer.dispose();
      expect(focus.current).toBeNull();
    });
  });
});
