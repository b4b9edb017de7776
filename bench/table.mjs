/** One row of the result. `ours`, `peer` and `limit` are texts; `met` is null where there is no bar. */
export function row(
  work,
  { ours, peer = '', limit = '', bar = '', met = null }
) {
  return { work, ours, peer, limit, bar, met };
}

/** The rows as a table of Markdown. */
export function table(rows) {
  const head = ['work', 'ours', 'jupyterlab-h5web', 'limit', 'bar', 'met'];
  const cells = rows.map(({ work, ours, peer, limit, bar, met }) => [
    work,
    ours,
    peer,
    limit,
    bar,
    met === null ? '' : met ? 'yes' : 'no'
  ]);
  const widths = head.map((title, i) =>
    Math.max(title.length, ...cells.map(line => line[i].length))
  );
  const line = parts =>
    `| ${parts.map((part, i) => part.padEnd(widths[i])).join(' | ')} |`;
  const rule = widths.map(width => '-'.repeat(width));
  return [line(head), line(rule), ...cells.map(line)].join('\n');
}

/** The middle one of some numbers; null among them, for what did not end, counts as the greatest. */
export function median(values) {
  const sorted = values.map(value => value ?? Infinity).sort((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return Number.isFinite(middle) ? middle : null;
}

/** Milliseconds as a text. */
export function ms(value) {
  return value === null || value === undefined
    ? 'not done'
    : value >= 10_000
      ? `${(value / 1000).toFixed(1)} s`
      : `${Math.round(value)} ms`;
}

/** The longest task of a measurement as a text, where one was long. */
export function blocked({ blocked: longest }) {
  return longest ? `, blocked ${Math.round(longest)}` : '';
}

/** What was measured as a text; null for what did not end. */
export function told(one) {
  return one === null ? ms(null) : `${ms(one.time)}${blocked(one)}`;
}

/** Medians of the members of what `measure` answers. */
export function medians(measured) {
  const of = member =>
    median(measured.map(one => (one === null ? null : one[member])));
  return {
    time: of('time'),
    blocked: of('blocked'),
    frame: of('frame'),
    nodes: of('nodes')
  };
}

/** The slope of measured costs over sizes on logarithmic scales: 0 does not grow, 1 grows with the size. */
export function slope(points) {
  const logs = points
    .filter(([, cost]) => cost > 0)
    .map(([size, cost]) => [Math.log(size), Math.log(cost)]);
  const mean = i => logs.reduce((sum, log) => sum + log[i], 0) / logs.length;
  const [mx, my] = [mean(0), mean(1)];
  const over = logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  return over / logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}
