import { nullTranslator } from '@jupyterlab/translation';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import type { IFailure } from '../../refs/failure';
import { Contents } from '../contents';
import { ResultTree } from '../tree';
import { TreeModel } from '../treemodel';
import type { IFakeGroup } from './fakesource';
import { FakeSource, manySections } from './fakesource';

/** A group with several sections. */
export const GROUP = '/results/VecRef';

/** The height of the rows in view, in pixels. */
export const VIEW_HEIGHT = 480;

/** A small file. */
export const SMALL: IFakeGroup = {
  results: {
    Spikes: { x: '', soma: { count: 'in 1 ms' } },
    VecRef: {
      x: '',
      dend_1: { cai: '', v: '' },
      dend_2: { v: 'tuft' },
      soma: { v: '' }
    }
  }
};

/** A tree in the page, and what a hand does with it. */
export class TreePage {
  constructor(root: IFakeGroup) {
    this.source = new FakeSource(root);
    const { source } = this;
    this.contents = new Contents({ source, summary: source.summary });
    this.model = new TreeModel({ contents: this.contents });
    this.tree = new ResultTree({
      model: this.model,
      trans: nullTranslator.load('jupyterlab_neuronvisio'),
      sentence: (failure: IFailure) => `failed: ${failure.code}`
    });
    Widget.attach(this.tree, document.body);
    this.node = this.tree.node.querySelector<HTMLElement>('[role=tree]')!;
    this.input = this.tree.node.querySelector('input')!;
    this.status = this.tree.node.querySelector<HTMLElement>('[role=status]')!;
    MessageLoop.flush();
  }

  readonly source: FakeSource;
  readonly contents: Contents;
  readonly model: TreeModel;
  readonly tree: ResultTree;
  readonly node: HTMLElement;
  readonly input: HTMLInputElement;
  readonly status: HTMLElement;

  dispose(): void {
    this.tree.dispose();
    this.model.dispose();
    this.contents.dispose();
  }

  /** Wait until the model says that something became true, and draw. */
  async until(isTrue: () => boolean): Promise<void> {
    await new Promise<void>(resolve => {
      const look = (): void => {
        if (isTrue()) {
          this.model.changed.disconnect(look);
          resolve();
        }
      };
      this.model.changed.connect(look);
      look();
    });
    MessageLoop.flush();
  }

  async expand(...paths: string[]): Promise<void> {
    for (const path of paths) {
      this.model.setExpanded(path, true);
      await this.until(() => this.contents.childNames(path) !== null);
    }
    await this.drawn();
  }

  /** Let the model tell what changed, and draw it. */
  async drawn(): Promise<void> {
    await Promise.resolve();
    MessageLoop.flush();
  }

  async filter(text: string): Promise<void> {
    this.input.value = text;
    this.input.dispatchEvent(new Event('input'));
    await this.until(() => this.model.matchCount !== null);
    await this.until(() => this.model.progress === null);
  }

  get rows(): HTMLElement[] {
    return Array.from(this.node.querySelectorAll('.jp-NeuronvisioTree-row'));
  }

  row(path: string): HTMLElement {
    const found = this.rows.find(row => row.dataset.path === path);
    if (!found) {
      throw new Error(`There is no row of ${path}`);
    }
    return found;
  }

  /** The path of the row that the keyboard is at, as a screen reader finds it. */
  get active(): string | undefined {
    const id = this.node.getAttribute('aria-activedescendant');
    return this.rows.find(row => row.id === id)?.dataset.path;
  }

  async press(key: string, init: KeyboardEventInit = {}): Promise<Event> {
    const event = new KeyboardEvent('keydown', {
      key,
      bubbles: true,
      cancelable: true,
      ...init
    });
    this.node.dispatchEvent(event);
    await this.drawn();
    return event;
  }

  /** Click as a browser does: the press gives the focus, the row under the pointer gets the click. */
  async click(path: string, init: MouseEventInit = {}): Promise<void> {
    const { top } = this.place(path);
    const event = (type: string) =>
      new MouseEvent(type, { bubbles: true, ...init });
    this.row(path).dispatchEvent(event('mousedown'));
    this.node.focus();
    await this.drawn();
    const under = this.rows.find(
      row => this.place(row.dataset.path!).top === top
    );
    under!.dispatchEvent(event('click'));
    await this.drawn();
  }

  async scroll(top: number): Promise<void> {
    this.node.scrollTop = top;
    this.node.dispatchEvent(new Event('scroll'));
    await this.drawn();
  }

  /** Where a row is below the upper edge of the view. */
  place(path: string): { top: number } {
    const move = /translateY\((\d+)px\)/.exec(this.row(path).style.transform);
    return { top: Number(move![1]) - this.node.scrollTop };
  }
}

/** A tree that has listed its groups, and then these. */
export async function showTree(
  root: IFakeGroup,
  ...expanded: string[]
): Promise<TreePage> {
  const page = new TreePage(root);
  await page.until(() => page.contents.childNames('/results') !== null);
  await page.expand(...expanded);
  return page;
}

/** A tree of one group with thousands of sections. */
export async function showMany(count: number): Promise<TreePage> {
  const page = await showTree(manySections(count), GROUP);
  await page.until(() => page.model.rows.length === count + 1);
  return page;
}

/** Give elements a height, which they have in no test otherwise. */
export function mockViewHeight(): void {
  jest
    .spyOn(Element.prototype, 'clientHeight', 'get')
    .mockReturnValue(VIEW_HEIGHT);
}
