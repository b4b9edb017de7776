import { luminance, PAPER_THEME, readTheme, traceStyle } from '../theme';

const COLORS = 8;
const DASHES = 4;

/** Contrast of two colours by WCAG 2. */
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function styles(light: boolean) {
  return Array.from({ length: COLORS * DASHES }, (_, slot) =>
    traceStyle(slot, light)
  );
}

describe('#luminance()', () => {
  it('should be that of WCAG', () => {
    expect(luminance('#000000')).toBe(0);
    expect(luminance('#ffffff')).toBeCloseTo(1);
    expect(luminance('#ff0000')).toBeCloseTo(0.2126);
    expect(luminance('#808080')).toBeCloseTo(0.2159, 3);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });

  it('should read colours however CSS writes them', () => {
    const grey = luminance('#111111');
    for (const text of [
      '#111',
      ' #111111 ',
      'rgb(17, 17, 17)',
      'rgba(17,17,17,0.5)',
      'rgb(17 17 17 / 50%)'
    ]) {
      expect(luminance(text)).toBeCloseTo(grey, 10);
    }
  });

  it.each(['', 'chartreuse', '#12', 'rgb(1, 2)', 'var(--jp-layout-color1)'])(
    'should take %p, which it cannot read, for light',
    text => {
      expect(luminance(text)).toBe(1);
    }
  );
});

describe('#traceStyle()', () => {
  it.each([
    [true, '#ffffff'],
    [false, '#111111'],
    [false, '#212121']
  ])(
    'should stand out from the background (light: %p) by 3:1',
    (light, background) => {
      for (const { color } of styles(light)) {
        expect(contrast(color, background)).toBeGreaterThanOrEqual(3);
      }
    }
  );

  it.each([true, false])(
    'should give no two of 32 traces the same look (light: %p)',
    light => {
      const looks = styles(light).map(({ color, dash }) => `${color} ${dash}`);
      expect(new Set(looks).size).toBe(COLORS * DASHES);
    }
  );

  it.each([true, false])(
    'should use eight colours in solid lines first (light: %p)',
    light => {
      const first = styles(light).slice(0, COLORS);
      expect(new Set(first.map(({ color }) => color)).size).toBe(COLORS);
      expect(first.every(({ dash }) => dash === 'solid')).toBe(true);
    }
  );

  it('should go on from the start after the last look', () => {
    expect(traceStyle(COLORS * DASHES, true)).toEqual(traceStyle(0, true));
    expect(traceStyle(9999, true).color).toMatch(/^#[0-9a-f]{6}$/);
  });
});

describe('#readTheme()', () => {
  function themed(variables: Record<string, string>): HTMLElement {
    const node = document.createElement('div');
    for (const [name, value] of Object.entries(variables)) {
      node.style.setProperty(name, value);
    }
    document.body.append(node);
    return node;
  }

  /** A browser that draws every colour it is given as one. */
  function drawing(pixel: readonly number[] | null) {
    return jest
      .spyOn(HTMLCanvasElement.prototype, 'getContext')
      .mockReturnValue(
        pixel &&
          ({
            fillStyle: '',
            fillRect: () => undefined,
            getImageData: () => ({
              data: Uint8ClampedArray.from(pixel),
              width: 1,
              height: 1,
              colorSpace: 'srgb'
            })
            // Only what is used of a context.
          } as Partial<CanvasRenderingContext2D> as CanvasRenderingContext2D)
      );
  }

  afterEach(() => {
    jest.restoreAllMocks();
    document.body.replaceChildren();
  });

  it("should take JupyterLab's colours and font", () => {
    const theme = readTheme(
      themed({
        '--jp-layout-color1': '#111111',
        '--jp-ui-font-color1': '#eeeeee',
        '--jp-border-color2': '#444444',
        '--jp-border-color0': '#555555',
        '--jp-ui-font-family': 'Cantarell',
        '--jp-ui-font-size1': '15px'
      })
    );
    expect(theme).toEqual({
      background: '#111111',
      text: '#eeeeee',
      grid: '#444444',
      axis: '#555555',
      font: 'Cantarell',
      fontSize: 15,
      light: false
    });
  });

  it('should be light and readable where no theme is loaded', () => {
    const theme = readTheme(themed({}));
    expect(theme.light).toBe(true);
    expect(theme.fontSize).toBe(13);
    expect(contrast(theme.text, theme.background)).toBeGreaterThan(4.5);
  });

  it('should tell light from dark by the background', () => {
    expect(readTheme(themed({ '--jp-layout-color1': '#fff' })).light).toBe(
      true
    );
    expect(
      readTheme(themed({ '--jp-layout-color1': 'rgb(40, 42, 54)' })).light
    ).toBe(false);
  });

  it.each(['black', 'hsl(0 0% 5%)', 'color-mix(in srgb, black 90%, white)'])(
    'should have the browser draw %s, and tell that it is dark',
    background => {
      drawing([10, 10, 10, 255]);
      const theme = readTheme(themed({ '--jp-layout-color1': background }));
      expect(theme.light).toBe(false);
      expect(theme.background).toBe('rgba(10, 10, 10, 1)');
    }
  );

  it.each([
    ['#e0e0e0', '#ffffff', '#e0e0e0'],
    ['#424242', '#212121', '#424242'],
    ['#e0e0e0', '#111111', 'rgba(224, 224, 224, 0.25)'],
    ['rgb(0, 0, 0)', '#ffffff', 'rgba(0, 0, 0, 0.25)']
  ])(
    'should keep a grid of %s behind the lines on %s',
    (border, background, grid) => {
      expect(
        readTheme(
          themed({
            '--jp-border-color2': border,
            '--jp-layout-color1': background
          })
        ).grid
      ).toBe(grid);
    }
  );

  it('should draw no colour that it can read', () => {
    const drawn = drawing([0, 0, 0, 255]);
    readTheme(themed({ '--jp-layout-color1': '#212121' }));
    expect(drawn).not.toHaveBeenCalled();
  });

  it('should have the browser draw each colour once', () => {
    const draw = drawing([1, 2, 3, 255]);
    const node = themed({ '--jp-layout-color1': 'rebeccapurple' });
    const [first, second] = [readTheme(node), readTheme(node)];
    expect(first.background).toBe('rgba(1, 2, 3, 1)');
    expect(second).toEqual(first);
    expect(draw).toHaveBeenCalledTimes(1);
  });

  it('should leave a colour as it is where nothing can be drawn', () => {
    drawing(null);
    const theme = readTheme(themed({ '--jp-layout-color1': 'white' }));
    expect(theme).toMatchObject({ background: 'white', light: true });
  });
});

describe('PAPER_THEME', () => {
  it('should be black on white', () => {
    expect(contrast(PAPER_THEME.text, PAPER_THEME.background)).toBeCloseTo(21);
    expect(PAPER_THEME.light).toBe(true);
  });
});
