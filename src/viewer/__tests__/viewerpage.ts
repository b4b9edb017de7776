import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { settle } from '../../plot/__tests__/plotpage';
import { Following } from '../following';
import type { IWatch } from '../freshness';
import { ViewerOptions } from '../options';
import { DEFAULT_SIZES } from '../sizes';
import type { IViewerSetup } from '../viewer';
import { ResultViewer } from '../viewer';
import type { FakeFile } from './fakefile';
import { trans } from './fakefile';
import { pass } from './fakelook';

type Given = Partial<
  Pick<IViewerSetup, 'begun' | 'look' | 'options' | 'others'>
>;

/** What the viewer of a file is made with. */
export function viewerSetup(file: FakeFile, given: Given = {}): IViewerSetup {
  return {
    source: file,
    options: new ViewerOptions(),
    ...given,
    trans,
    sizes: DEFAULT_SIZES,
    onSizes: () => undefined
  };
}

/** A viewer of a file in the page, which did not open it yet. */
export function showViewer(file: FakeFile, given: Given = {}): ResultViewer {
  const viewer = new ResultViewer(viewerSetup(file, given));
  Widget.attach(viewer, document.body);
  MessageLoop.flush();
  return viewer;
}

/** Watch over files that is always in sight, and does as the default settings say. */
export function newWatch(): IWatch {
  return {
    following: new Following(new ViewerOptions()),
    isInSight: () => true
  };
}

/** Let time pass, and draw what came of it. */
export async function wait(milliseconds: number): Promise<void> {
  for (let left = milliseconds; left >= 0; left -= 500) {
    await pass(Math.min(left, 500));
    await settle();
    MessageLoop.flush();
    await settle();
  }
}

/** A promise, and what keeps it. */
export function gate(): { promise: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const promise = new Promise<void>(resolve => (open = resolve));
  return { promise, open };
}
