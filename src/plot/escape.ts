import { withoutTurns } from '../refs/direction';

/** Longer names are cut on the plot; the tree has them whole. */
const MAX_LABEL = 200;

/**
 * Text of a file, of so many letters at most, made harmless for plotly, which
 * takes `<b>`, `<a>` and `%{…}` in labels for markup.
 */
export function escapeLabel(text: string, most = MAX_LABEL): string {
  const flat = withoutTurns(text).replace(/\s+/g, ' ');
  // A character of two code units is kept whole or left out.
  const cut =
    flat.length > most
      ? `${flat.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
      : flat;
  return cut
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/%\{/g, '%\u200b{')
    .replace(/\$/g, '$\u200b');
}
