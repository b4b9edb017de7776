import type { TranslationBundle } from '@jupyterlab/translation';
import { counted } from '../refs/counted';
import type { IBundle } from './payload';

/** What the line above an output can say. */
export type LineCode =
  'untrusted' | 'unsaved' | 'outside' | 'gone' | 'changed' | 'other-date';

/** What the reader of an output has to know, in a sentence or two. */
export function lineText(
  code: LineCode,
  file: string,
  trans: TranslationBundle
): string {
  switch (code) {
    case 'untrusted':
      return trans.__(
        'This notebook is not trusted, so the file %1 is not read: what is shown is what the notebook holds. Trust the notebook, or open the file in a tab, to see more.',
        file
      );
    case 'unsaved':
      return trans.__(
        'These results were not in a file: what is shown is what the notebook holds. Save them to see more.'
      );
    case 'outside':
      return trans.__(
        'The file %1 is not in the folder that this server shows, so it cannot be read: what is shown is what the notebook holds. Start the server in a folder above it, or save into the folder of the notebook.',
        file
      );
    case 'gone':
      return trans.__(
        'The file %1 is not there any more: it was moved, renamed or deleted. What is shown is what the notebook holds. Put the file back, or run the cell again.',
        file
      );
    case 'changed':
      return trans.__(
        'The file %1 changed since this output was made. What is shown is what the notebook holds; run the cell again for an output of the file as it is now.',
        file
      );
    case 'other-date':
      return trans.__(
        'The file %1 has another date than when this output was made: it was copied, or written anew. What is shown now is the file.',
        file
      );
  }
}

/** What of a bundle was left out of the notebook; empty when it is whole. */
export function leftOutText(bundle: IBundle, trans: TranslationBundle): string {
  const { groups, groupCount, drawn, notDrawn } = bundle;
  const texts: string[] = [];
  if (notDrawn > 0) {
    texts.push(
      trans.__(
        'The first %1 of %2 traces are drawn.',
        drawn.length,
        drawn.length + notDrawn
      )
    );
  }
  if (groupCount > groups.length) {
    texts.push(
      trans.__(
        'The notebook names %1 of %2 groups.',
        groups.length,
        counted(groupCount)
      )
    );
  }
  for (const { name, sections, sectionCount } of groups) {
    if (sectionCount > sections.length) {
      texts.push(
        trans.__(
          'Of %1, the notebook names %2 of %3 sections.',
          name,
          counted(sections.length),
          counted(sectionCount)
        )
      );
    }
  }
  return texts.slice(0, 3).join(' ');
}

/** Why an output cannot be shown in the renderer. */
export function refusalText(
  kind: 'later' | 'bad',
  trans: TranslationBundle
): string {
  return kind === 'later'
    ? trans.__(
        'This output was made by a later version of Neuronvisio. Update jupyterlab-neuronvisio to browse it; its text is:'
      )
    : trans.__(
        'This output is not as Neuronvisio writes it, so it cannot be browsed. Run the cell again; its text is:'
      );
}
