import type { IPlotData } from './figure';

/** What plotly draws as one trace: the lines of one look on one axis, one after the other. */
export interface IJoinedData extends Omit<IPlotData, 'hovertemplate'> {
  readonly hovertemplate: string | readonly string[];
}

/**
 * The lines of one look as one trace with gaps between them: plotly's time
 * for a drawing goes more by the number of traces than by that of points.
 * Each point keeps its own read-out; a line lies where the first of its look does.
 */
export function joinLines(data: readonly IPlotData[]): readonly IJoinedData[] {
  const byLook = new Map<string, IPlotData[]>();
  for (const line of data) {
    const look = lookOf(line);
    const alike = byLook.get(look);
    if (alike) {
      alike.push(line);
    } else {
      byLook.set(look, [line]);
    }
  }
  return Array.from(byLook.values(), alike =>
    alike.length === 1 ? alike[0] : joined(alike)
  );
}

/** What lines must have in common to be one trace. */
function lookOf(line: IPlotData): string {
  const { mode, yaxis, opacity, marker } = line;
  const { color, dash, width } = line.line;
  return JSON.stringify([
    [mode, yaxis, opacity, marker.size, color, dash, width],
    [line.hoverinfo, line.text !== undefined, line.customdata !== undefined]
  ]);
}

function joined(lines: readonly IPlotData[]): IJoinedData {
  const [first] = lines;
  return {
    ...first,
    x: numbersOf(lines.map(({ x }) => x)),
    y: numbersOf(lines.map(({ y }) => y)),
    ...(first.text && {
      text: textsOf(lines.map(({ text }) => text ?? []))
    }),
    ...(first.customdata && {
      customdata: textsOf(lines.map(({ customdata }) => customdata ?? []))
    }),
    hovertemplate: textsOf(
      lines.map(({ y, hovertemplate }) =>
        Array<string>(y.length).fill(hovertemplate)
      )
    )
  };
}

/** Numbers one after the other, with a gap between each two. */
function numbersOf(parts: readonly Float64Array[]): Float64Array {
  const length = parts.reduce((sum, part) => sum + part.length + 1, -1);
  const all = new Float64Array(length).fill(NaN);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length + 1;
  }
  return all;
}

/** Texts one after the other, with an empty one at each gap. */
function textsOf(parts: readonly (readonly string[])[]): readonly string[] {
  return parts.flatMap((part, index) => (index === 0 ? part : ['', ...part]));
}
