import { escapeLabel } from '../escape';

describe('#escapeLabel()', () => {
  it('should leave plain names alone', () => {
    expect(escapeLabel('dend[3] · v_ünï')).toBe('dend[3] · v_ünï');
  });

  it('should leave no markup', () => {
    expect(escapeLabel('<a href="javascript:x">v</a>')).toBe(
      '&lt;a href="javascript:x"&gt;v&lt;/a&gt;'
    );
    expect(escapeLabel('a && b')).toBe('a &amp;&amp; b');
    expect(escapeLabel('&lt;b&gt;')).toBe('&amp;lt;b&amp;gt;');
    expect(escapeLabel('<b>'.repeat(5000))).not.toMatch(/[<>]/);
  });

  it('should leave no template and no formula', () => {
    expect(escapeLabel('%{x} %{customdata[0]}')).not.toContain('%{');
    expect(escapeLabel('%%{{x}')).not.toContain('%{');
    expect(escapeLabel('$\\frac{1}{2}$')).not.toMatch(/^\$.*\$$/);
  });

  it('should cut long names and say so', () => {
    const cut = escapeLabel('n'.repeat(10000));
    expect(cut).toHaveLength(200);
    expect(cut.endsWith('…')).toBe(true);
    expect(escapeLabel('n'.repeat(200))).toBe('n'.repeat(200));
  });

  it('should not cut a character in two', () => {
    expect(escapeLabel(`${'n'.repeat(198)}${'😀'.repeat(9)}`)).not.toMatch(
      /[\ud800-\udbff](?![\udc00-\udfff])/
    );
  });

  it('should turn nothing that stands beside it', () => {
    expect(escapeLabel('so\u202ema')).toBe('so\ufffdma');
  });

  it('should make one line of several', () => {
    expect(escapeLabel('a\n\tb\r\nc')).toBe('a b c');
  });
});
