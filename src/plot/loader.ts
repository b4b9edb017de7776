import type { IPlotData } from './figure';
import type { IJoinedData } from './joined';

/** A button of our own in plotly's bar. */
export interface IModebarButton {
  readonly name: string;
  readonly title: string;
  readonly icon: unknown;
  readonly click: () => void;
}

/** The settings of a plot. */
export interface IPlotConfig {
  readonly displaylogo: boolean;
  readonly displayModeBar: boolean;
  readonly doubleClick: false;
  readonly responsive: boolean;
  readonly scrollZoom: boolean;
  readonly modeBarButtons: readonly (readonly (string | IModebarButton)[])[];
}

/** The part of plotly that is used. */
export interface IPlotly {
  readonly Icons: Readonly<Record<string, unknown>>;
  react(
    node: HTMLElement,
    data: readonly IJoinedData[],
    layout: object,
    config: IPlotConfig
  ): Promise<unknown>;
  purge(node: HTMLElement): void;
  downloadImage(
    figure: { readonly data: readonly IPlotData[]; readonly layout: object },
    options: object
  ): Promise<unknown>;
}

let loading: Promise<IPlotly> | null = null;

/** Plotly's core, which draws scatter lines; loaded once, and tried again after a failure. */
export function loadPlotly(): Promise<IPlotly> {
  loading ??= load().catch(reason => {
    loading = null;
    throw reason;
  });
  return loading;
}

/** Milliseconds until plotly is loaded for later: first, the file is shown. */
const SOON = 1000;

/** Have plotly loaded, and do something with it, when there is nothing else to do, so that the first trace need not wait. */
export function loadPlotlySoon(use: (plotly: IPlotly) => void): void {
  if (!('requestIdleCallback' in window)) {
    return;
  }
  setTimeout(() => {
    // What fails is tried again, and told, when something is drawn.
    requestIdleCallback(() => {
      loadPlotly().then(use, () => undefined);
    });
  }, SOON);
}

async function load(): Promise<IPlotly> {
  const module: unknown = await import('plotly.js/lib/core');
  // A CommonJS module: bundlers hand it over with or without `default`.
  const { default: inner } = module as { default?: IPlotly };
  return inner ?? (module as IPlotly);
}
