import type { IKeptFigure, TakeTexts } from '../plot/kept';
import {
  figureId,
  keepFigure,
  readKeptFigure,
  restoreFigure
} from '../plot/kept';
import { OPENED } from '../plot/runs';
import {
  CheckError,
  few,
  field,
  name,
  number,
  object,
  orNull,
  text
} from '../refs/checks';
import type { NodePath } from '../refs/layout';
import type { Arrangement } from './arrangement';
import { readArrangement } from './arrangement';
import type { ResultBrowser } from './browser';
import { MAX_COMPARED } from './comparison';

/** The version that is read and kept; another one is left alone. */
const VERSION = 1;

/** At most this many expanded nodes are kept: groups before sections, and those expanded last. */
export const MAX_KEPT_EXPANDED = 200;

/** At most this many figures are kept. */
export const MAX_KEPT_FIGURES = 20;

/** At most this many characters of names are kept of a file. */
export const MAX_KEPT_TEXT = 32_000;

/** Characters of a view as JSON that are looked at: more than one with so many names can have. */
const MAX_KEPT_JSON = 8 * MAX_KEPT_TEXT;

/** What a tab shows, as the page that comes next needs it. */
export interface IKeptView {
  readonly version: typeof VERSION;
  /** null where the file did not tell yet what there is. */
  readonly expanded: readonly NodePath[] | null;
  /** The row that the keyboard is at. */
  readonly focused: NodePath | null;
  readonly filter: string;
  /** The paths of the files that it is compared with. */
  readonly compared: readonly string[];
  /** The figures; the variables of a trace count from 0, and so do its files, the opened one first. */
  readonly figures: readonly IKeptFigure[];
  /** The number of the figure to draw in. */
  readonly current: number;
  readonly arrangement: Arrangement | null;
}

/** What is shown of an open file. */
export function keepView(browser: ResultBrowser): IKeptView {
  const { comparison, figures, model } = browser;
  const take = textTaker();
  const compared = (comparison?.compared ?? []).filter(({ path }) =>
    isServerPath(path)
  );
  const runs = [OPENED, ...compared.map(({ id }) => id)];
  const { current } = figures;
  const others = figures.figures.filter(figure => figure !== current);
  const kept = [current, ...others.slice(0, MAX_KEPT_FIGURES - 1)];
  return {
    version: VERSION,
    filter: take([model.filter])[0] ?? '',
    compared: take(compared.map(({ path }) => path)),
    figures: kept
      .map(figure => keepFigure(figure, take, runs))
      .sort((a, b) => a.id - b.id),
    expanded: model.expanded && take(foremost(model.expanded)).reverse(),
    focused: take([model.focusedPath ?? ''])[0] || null,
    current: current.id,
    arrangement:
      kept.length === figures.figures.length ? figures.arrangement : null
  };
}

/** Show what was kept; nothing is read for it but what is in sight. */
export function restoreView(browser: ResultBrowser, view: IKeptView): void {
  const { comparison, figures, model } = browser;
  comparison?.add(view.compared);
  const ids = new Map(comparison?.compared.map(run => [run.path, run.id]));
  const runs = [OPENED, ...view.compared.map(path => ids.get(path))];
  const models = figures.haveFigures(view.figures.map(({ id }) => id));
  models.forEach((figure, index) =>
    restoreFigure(figure, view.figures[index], runs)
  );
  if (view.arrangement) {
    figures.arrange(view.arrangement);
  }
  figures.chooseFigure(view.current);
  if (view.expanded) {
    model.restore(view.expanded, view.focused);
  }
  model.setFilter(view.filter);
}

/** A kept view, of data that may be anything; null where they are damaged or of another version. */
export function readView(data: unknown): IKeptView | null {
  try {
    const fields = object(data, 'view');
    if (JSON.stringify(data).length > MAX_KEPT_JSON) {
      return null;
    }
    if (field(fields, '', 'version', number) !== VERSION) {
      return null;
    }
    const figures = field(
      fields,
      '',
      'figures',
      few(readKeptFigure, MAX_KEPT_FIGURES)
    );
    if (new Set(figures.map(({ id }) => id)).size !== figures.length) {
      return null;
    }
    return {
      version: VERSION,
      expanded: field(
        fields,
        '',
        'expanded',
        orNull(few(name, MAX_KEPT_EXPANDED))
      ),
      focused: field(fields, '', 'focused', orNull(name)),
      filter: field(fields, '', 'filter', text),
      compared: field(fields, '', 'compared', few(serverPath, MAX_COMPARED)),
      figures,
      current: field(fields, '', 'current', figureId),
      arrangement: field(fields, '', 'arrangement', orNull(readArrangement))
    };
  } catch (reason) {
    if (reason instanceof CheckError) {
      return null;
    }
    throw reason;
  }
}

function textTaker(): TakeTexts {
  let room = MAX_KEPT_TEXT;
  return texts => {
    const taken: string[] = [];
    for (const item of texts) {
      if (item.length > room) {
        break;
      }
      room -= item.length;
      taken.push(item);
    }
    return taken;
  };
}

/** The first to be kept of what is expanded; nothing is seen without what stands above it. */
function foremost(expanded: readonly NodePath[]): NodePath[] {
  const depth = (path: NodePath) => path.split('/').length;
  return expanded
    .slice()
    .reverse()
    .sort((a, b) => depth(a) - depth(b))
    .slice(0, MAX_KEPT_EXPANDED);
}

function serverPath(value: unknown, at: string): string {
  const path = name(value, at);
  if (!isServerPath(path)) {
    throw new CheckError(`${at} is no path`);
  }
  return path;
}

/** Whether a path stays below the root that the contents manager reads from. */
function isServerPath(path: string): boolean {
  return (
    !/\p{Cc}/u.test(path) &&
    path.split('/').every(part => !['', '.', '..'].includes(part))
  );
}
