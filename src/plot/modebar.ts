import type { TranslationBundle } from '@jupyterlab/translation';
import type { ImageFormat } from './image';
import type { IPlotConfig, IPlotly } from './loader';

/** What the buttons above a plot do, and whether the wheel zooms. */
export interface IModebarActions {
  readonly wheelZoom: boolean;
  readonly resetZoom: () => void;
  readonly download: (format: ImageFormat) => void;
}

/** The bar above a plot: zoom, pan, whole range, and the two pictures. */
export function plotConfig(
  plotly: IPlotly,
  trans: TranslationBundle,
  actions: IModebarActions
): IPlotConfig {
  return {
    displaylogo: false,
    displayModeBar: true,
    // The double-click is ours: it shows the whole range of the file.
    doubleClick: false,
    responsive: false,
    scrollZoom: actions.wheelZoom,
    modeBarButtons: [
      ['zoom2d', 'pan2d'],
      [
        {
          name: 'neuronvisio-reset',
          title: trans.__('Show the whole range'),
          icon: plotly.Icons.home,
          click: actions.resetZoom
        }
      ],
      [
        {
          name: 'neuronvisio-png',
          title: trans.__('Save as PNG'),
          icon: plotly.Icons.camera,
          click: () => actions.download('png')
        },
        {
          name: 'neuronvisio-svg',
          title: trans.__('Save as SVG, to edit'),
          icon: plotly.Icons.disk,
          click: () => actions.download('svg')
        }
      ]
    ]
  };
}
