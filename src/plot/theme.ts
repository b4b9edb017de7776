/** The colours and the font of a figure. */
export interface IPlotTheme {
  readonly background: string;
  readonly text: string;
  readonly grid: string;
  readonly axis: string;
  readonly font: string;
  readonly fontSize: number;
  readonly light: boolean;
}

/** How a line is drawn. */
export interface ITraceStyle {
  readonly color: string;
  readonly dash: 'solid' | 'dash' | 'dot' | 'dashdot';
}

/**
 * Colours that people with colour-blindness tell apart: the set of Okabe and
 * Ito (2008), its light ones darkened so that each has a contrast of 3:1 with
 * a white background.
 */
const LIGHT_COLORS = [
  '#0072b2',
  '#d55e00',
  '#00805f',
  '#b0568f',
  '#a67200',
  '#2f8fc4',
  '#6b6b6b',
  '#7a3e9d'
];

/** The same, its dark ones lightened for a dark background. */
const DARK_COLORS = [
  '#4fa8e0',
  '#f0803c',
  '#2ec49a',
  '#dd92c0',
  '#e6a700',
  '#8fd0f5',
  '#b5b5b5',
  '#f0e442'
];

const DASHES = ['solid', 'dash', 'dot', 'dashdot'] as const;

/** The strongest contrast of a grid to the background; those of high-contrast themes have more. */
const GRID_CONTRAST = 2;

/** Opacity of a grid that would be stronger. */
const GRID_ALPHA = 0.25;

/** Pictures are for paper, whatever the theme on the screen. */
export const PAPER_THEME: IPlotTheme = {
  background: '#ffffff',
  text: '#000000',
  grid: '#e0e0e0',
  axis: '#000000',
  font: 'Arial, Helvetica, sans-serif',
  fontSize: 12,
  light: true
};

/** Colour and dash of the trace at a place: eight colours, then the same with another dash. */
export function traceStyle(slot: number, light: boolean): ITraceStyle {
  const colors = light ? LIGHT_COLORS : DARK_COLORS;
  return {
    color: colors[slot % colors.length],
    dash: DASHES[Math.floor(slot / colors.length) % DASHES.length]
  };
}

/** The theme of the page at an element, from JupyterLab's CSS variables. */
export function readTheme(node: HTMLElement): IPlotTheme {
  const style = getComputedStyle(node);
  const get = (name: string, otherwise: string) =>
    style.getPropertyValue(name).trim() || otherwise;
  const color = (name: string, otherwise: string) =>
    resolved(get(name, otherwise), otherwise);
  const background = color('--jp-layout-color1', '#ffffff');
  return {
    background,
    text: color('--jp-ui-font-color1', '#212121'),
    grid: behindLines(color('--jp-border-color2', '#e0e0e0'), background),
    axis: color('--jp-border-color0', '#9e9e9e'),
    font: get('--jp-ui-font-family', 'sans-serif'),
    fontSize: parseFloat(get('--jp-ui-font-size1', '13px')) || 13,
    light: luminance(background) > 0.5
  };
}

/** Relative luminance of a colour, 0 to 1, by the WCAG 2 formula; 1 where it cannot be read. */
export function luminance(color: string): number {
  const channels = rgb(color);
  if (!channels) {
    return 1;
  }
  const [red, green, blue] = channels.map(value => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * A colour in a form that is read here and by plotly: names, `hsl()`,
 * `color-mix()` and what else CSS may have are left to the browser to draw.
 */
function resolved(color: string, otherwise: string): string {
  if (rgb(color)) {
    return color;
  }
  const key = JSON.stringify([color, otherwise]);
  if (!DRAWN.has(key)) {
    const drawn = drawnColor(color, otherwise);
    if (drawn) {
      DRAWN.set(key, drawn);
    }
  }
  return DRAWN.get(key) ?? color;
}

/** What the browser drew of colours: a canvas for each drawing of a plot takes milliseconds, and themes have few. */
const DRAWN = new Map<string, string>();

function drawnColor(color: string, otherwise: string): string | null {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d');
  if (!context) {
    return null;
  }
  context.fillStyle = otherwise;
  // A colour that the browser does not know leaves the other in place.
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
  return `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`;
}

/** A colour for what stands behind the lines: one that is as strong as they are is made faint. */
function behindLines(color: string, background: string): string {
  const channels = rgb(color);
  const [darker, lighter] = [luminance(color), luminance(background)].sort(
    (a, b) => a - b
  );
  const contrast = (lighter + 0.05) / (darker + 0.05);
  return channels && contrast > GRID_CONTRAST
    ? `rgba(${channels.join(', ')}, ${GRID_ALPHA})`
    : color;
}

function rgb(color: string): number[] | null {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(color.trim());
  if (hex) {
    const digits =
      hex[1].length === 3
        ? Array.from(hex[1], digit => digit + digit)
        : (hex[1].match(/../g) ?? []);
    return digits.map(pair => parseInt(pair, 16));
  }
  const list = /^rgba?\(([^)]*)\)$/.exec(color.trim());
  const values = list?.[1]
    .split(/[\s,/]+/)
    .filter(part => part !== '')
    .slice(0, 3)
    .map(Number);
  return values?.length === 3 && values.every(Number.isFinite) ? values : null;
}
