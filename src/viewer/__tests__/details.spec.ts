import { Clipboard } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import type { IFailure } from '../../refs/failure';
import { ReadError } from '../../refs/failure';
import type { NodePath } from '../../refs/layout';
import type { INodePreview } from '../../refs/types';
import { Contents } from '../contents';
import { DetailsPane } from '../details';
import { TreeModel } from '../treemodel';
import { FakeSource } from './fakesource';

const SOMA = '/results/VecRef/soma';
const V = `${SOMA}/v`;
const CAI = `${SOMA}/cai`;
const PAYLOAD = '<img src=q onerror=alert(1)>';

const PREVIEW: INodePreview = {
  facts: {
    path: V,
    kind: 'dataset',
    shape: [1601],
    dtype: 'int64',
    valueClass: 'integer',
    detail: 'apical',
    units: 'mV'
  },
  attributes: [
    { name: 'FLAVOR', text: 'numpy' },
    { name: 'TITLE', text: 'apical' },
    { name: 'units', text: 'mV' }
  ],
  values: ['9007199254740993', '-9223372036854775808'],
  total: 1601,
  failure: null
};

/** A file whose previews a test answers one by one. */
class PreviewSource extends FakeSource {
  readonly asked: NodePath[] = [];
  answer: ((preview: INodePreview | Error) => void)[] = [];

  override preview(path: NodePath): Promise<INodePreview> {
    this.asked.push(path);
    return new Promise((resolve, reject) =>
      this.answer.push(given =>
        given instanceof Error ? reject(given) : resolve(given)
      )
    );
  }
}

let source: PreviewSource;
let contents: Contents;
let model: TreeModel;
let pane: DetailsPane;

beforeEach(async () => {
  source = new PreviewSource({
    geometry: { geom: '' },
    results: { VecRef: { soma: { cai: '', v: '' }, x: '' } }
  });
  contents = new Contents({ source, summary: source.summary });
  model = new TreeModel({ contents });
  pane = new DetailsPane({
    model,
    contents,
    trans: nullTranslator.load('jupyterlab_neuronvisio'),
    sentence: (failure: IFailure) => `failed: ${failure.code}`,
    rest: 0
  });
  Widget.attach(pane, document.body);
  await contents.requestChildren(['/results/VecRef', SOMA]);
  await contents.requestFacts([SOMA, V, CAI]);
});

afterEach(() => {
  pane.dispose();
  model.dispose();
  contents.dispose();
});

/** Wait until the pane shows something. */
function until(isTrue: () => boolean): Promise<void> {
  return new Promise(resolve => {
    const watch = new MutationObserver(() => look());
    const look = (): void => {
      if (isTrue()) {
        watch.disconnect();
        resolve();
      }
    };
    watch.observe(pane.node, { childList: true, subtree: true });
    look();
  });
}

const text = () => pane.node.textContent ?? '';

/** What stands beside a name. */
function entry(name: string): string | null | undefined {
  const terms = Array.from(pane.node.querySelectorAll('dt'));
  const term = terms.find(({ textContent }) => textContent === name);
  return term?.nextElementSibling?.textContent;
}

async function focus(path: NodePath): Promise<void> {
  const asked = source.asked.length;
  model.focus(path);
  await until(() => source.asked.length > asked);
}

async function show(preview: Partial<INodePreview>, path = V): Promise<void> {
  await focus(path);
  const before = pane.node.firstChild;
  source.answer.pop()!({ ...PREVIEW, ...preview });
  await until(() => pane.node.firstChild !== before);
}

describe('DetailsPane', () => {
  it('should say what it is for as long as nothing is focused', () => {
    expect(text()).toBe('Select an item in the tree to see its details.');
  });

  it('should name the node at once, and say that it is read', async () => {
    await focus(V);
    expect(pane.node.querySelector('strong')!.textContent).toBe('v');
    expect(entry('Path')).toBe(V);
    expect(text()).toContain('Reading…');
    expect(source.asked).toEqual([V]);
  });

  it('should name the file of what lies in a linked one, and of nothing else', async () => {
    await show({ facts: { ...PREVIEW.facts, file: 'storage_rank_1.h5' } });
    expect(entry('File')).toBe('storage_rank_1.h5');
    await show({ facts: { ...PREVIEW.facts, path: CAI } }, CAI);
    expect(entry('File')).toBeUndefined();
  });

  it('should show what a variable is, its attributes and its first values, exact', async () => {
    await show({});
    expect(entry('Path')).toBe(V);
    expect(entry('Kind')).toBe('Variable');
    expect(entry('Type')).toBe('1,601 × int64');
    expect(entry('Details')).toBe('apical');
    expect(entry('Units')).toBe('mV');
    expect(entry('FLAVOR')).toBe('numpy');
    expect(text()).not.toMatch(/TITLE|units/);
    expect(text()).toContain('The first 2 of 1,601 values:');
    expect(pane.node.querySelector('pre')!.textContent).toBe(
      '9007199254740993  -9223372036854775808'
    );
    expect(text()).not.toContain('Reading…');
  });

  it('should name groups and sections by the words of the field', async () => {
    const facts = { ...PREVIEW.facts, kind: 'group', shape: null } as const;
    await contents.requestFacts(['/results/VecRef', '/geometry']);
    const preview = { facts, values: [], total: 0 };
    await show(preview, '/results/VecRef');
    expect(entry('Kind')).toBe('Group of results');
    await show(preview, SOMA);
    expect(entry('Kind')).toBe('Section');
    await show(preview, '/geometry');
    expect(entry('Kind')).toBe('HDF5 group');
    expect(entry('Type')).toBeUndefined();
    expect(pane.node.querySelector('pre')).toBeNull();
  });

  it('should say that there are no values', async () => {
    await show({ values: [], total: 0 });
    expect(text()).toContain('It holds no values.');
    expect(pane.node.querySelector('pre')).toBeNull();
  });

  it('should show texts of the file as text', async () => {
    await show({
      facts: { ...PREVIEW.facts, detail: PAYLOAD, units: PAYLOAD },
      attributes: [{ name: PAYLOAD, text: PAYLOAD }],
      values: [PAYLOAD]
    });
    expect(pane.node.querySelector('img')).toBeNull();
    expect(entry(PAYLOAD)).toBe(PAYLOAD);
    expect(pane.node.querySelector('pre')!.textContent).toBe(PAYLOAD);
  });

  it('should show no value where the values could not be read', async () => {
    const failure = { code: 'filter-missing', technical: 'blosc' } as const;
    await show({ failure });
    expect(entry('Type')).toBe('1,601 × int64');
    expect(text()).toContain('failed: filter-missing');
    expect(text()).not.toContain('9007199254740993');
    const folded = pane.node.querySelector('details')!;
    expect(folded.open).toBe(false);
    expect(folded.querySelector('pre')!.textContent).toBe('blosc');
  });

  it('should say why a node could not be read, and still name it', async () => {
    await focus(V);
    const failure = { code: 'server-gone', technical: 'no answer' } as const;
    source.answer.pop()!(new ReadError(failure));
    await until(() => text().includes('failed: server-gone'));
    expect(entry('Path')).toBe(V);
    expect(text()).not.toContain('Reading…');
  });

  it('should not show the answer for a node that is focused no longer', async () => {
    await focus(V);
    await focus(CAI);
    const [ofV, ofCai] = source.answer;
    const before = pane.node.firstChild;
    ofV(PREVIEW);
    ofCai({ ...PREVIEW, values: ['7'], total: 1 });
    await until(() => pane.node.firstChild !== before);
    expect(entry('Path')).toBe(CAI);
    expect(text()).toContain('7');
    expect(text()).not.toContain('9007199254740993');
  });

  it('should read anew, and drop the old answer, when the file was opened anew', async () => {
    await focus(V);
    contents.reset(source.summary);
    await until(() => source.asked.length === 2);
    const [old, fresh] = source.answer;
    const before = pane.node.firstChild;
    old(PREVIEW);
    fresh({ ...PREVIEW, values: ['7'], total: 1 });
    await until(() => pane.node.firstChild !== before);
    expect(text()).toContain('7');
    expect(text()).not.toContain('9007199254740993');
  });

  it('should leave what it shows in place until the new values are there', async () => {
    await focus(V);
    await until(() => source.asked.length === 1);
    source.answer[0](PREVIEW);
    await until(() => text().includes('9007199254740993'));
    const copy = pane.node.querySelector('button');
    contents.renew(source.summary);
    await until(() => source.asked.length === 2);
    expect(text()).toContain('9007199254740993');
    source.answer[1](PREVIEW);
    await until(() => source.asked.length === 2);
    expect(pane.node.querySelector('button')).toBe(copy);
    contents.renew(source.summary);
    await until(() => source.asked.length === 3);
    source.answer[2]({ ...PREVIEW, values: ['7'], total: 1 });
    await until(() => !text().includes('9007199254740993'));
    expect(text()).toContain('7');
  });

  it('should read nothing for the row of the other contents', async () => {
    await show({});
    model.focus('/');
    await until(() => text().startsWith('Select'));
    expect(source.asked).toEqual([V]);
  });

  it('should copy the path', async () => {
    const copy = jest
      .spyOn(Clipboard, 'copyToSystem')
      .mockImplementation(() => undefined);
    await show({});
    pane.node.querySelector('button')!.click();
    expect(copy.mock.calls).toEqual([[V]]);
    copy.mockRestore();
  });

  describe('#dispose()', () => {
    it('should be safe twice, with an answer under way', async () => {
      await focus(V);
      pane.dispose();
      pane.dispose();
      source.answer.pop()!(PREVIEW);
      await Promise.resolve();
      expect(pane.isDisposed).toBe(true);
      expect(text()).not.toContain('9007199254740993');
    });
  });
});
