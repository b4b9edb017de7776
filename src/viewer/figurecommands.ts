import type { TranslationBundle } from '@jupyterlab/translation';
import { copyIcon } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { FigureModel } from '../plot/model';
import type { ResultBrowser } from './browser';
import {
  clearFigureIcon,
  legendIcon,
  newFigureIcon,
  pointsIcon,
  resetZoomIcon
} from './icons';
import { CommandIDs } from './ids';

/** A command on the file in the front and its current figure. */
export interface IBrowserCommand {
  readonly id: string;
  readonly options: Pick<
    CommandRegistry.ICommandOptions,
    'label' | 'caption' | 'icon' | 'isToggled' | 'isVisible'
  >;
  readonly run: (browser: ResultBrowser, figure: FigureModel) => void;
}

/** The commands on the current figure, as the toolbar has them. */
export function figureCommands(
  trans: TranslationBundle,
  figure: () => FigureModel | null
): IBrowserCommand[] {
  return [
    {
      id: CommandIDs.newFigure,
      options: {
        label: trans.__('New figure'),
        caption: trans.__('Add a figure and draw in it'),
        icon: newFigureIcon
      },
      run: browser => browser.figures.newFigure()
    },
    {
      id: CommandIDs.toggleLegend,
      options: {
        label: trans.__('Legend'),
        caption: trans.__('Show or hide the legend of the figure'),
        icon: legendIcon,
        isToggled: () => figure()?.legend ?? false
      },
      run: (_, current) => current.setLegend(!current.legend)
    },
    {
      id: CommandIDs.togglePoints,
      options: {
        label: trans.__('Points'),
        caption: trans.__('Draw the samples as points in place of lines'),
        icon: pointsIcon,
        isToggled: () => figure()?.points ?? false
      },
      run: (_, current) => current.setPoints(!current.points)
    },
    {
      id: CommandIDs.resetZoom,
      options: {
        label: trans.__('Reset zoom'),
        caption: trans.__('Show the whole range of the figure'),
        icon: resetZoomIcon
      },
      run: browser => browser.figures.resetZoom()
    },
    {
      id: CommandIDs.clearFigure,
      options: {
        label: trans.__('Clear figure'),
        caption: trans.__('Remove all traces from the figure'),
        icon: clearFigureIcon
      },
      run: (_, current) => current.clear()
    }
  ];
}

/** The commands of the tree's context menu, on the focused row. */
export function treeCommands(
  trans: TranslationBundle,
  browser: () => ResultBrowser | null,
  copy: (text: string) => void
): IBrowserCommand[] {
  const variable = () => browser()?.model.focusedVariable ?? null;
  const x = () => browser()?.figures.current.x ?? null;
  return [
    {
      id: CommandIDs.drawInNewFigure,
      options: {
        label: trans.__('Draw in a new figure'),
        isVisible: () => variable() !== null
      },
      run: current => {
        const path = current.model.focusedVariable;
        if (path !== null) {
          current.drawInNewFigure([path]);
        }
      }
    },
    {
      id: CommandIDs.useAsX,
      options: {
        label: trans.__('Use as x of this figure'),
        isVisible: () => variable() !== null
      },
      run: (current, figure) => figure.setX(current.model.focusedVariable)
    },
    {
      id: CommandIDs.useOwnX,
      options: {
        label: trans.__("Use each group's own x"),
        isVisible: () => x() !== null
      },
      run: (_, figure) => figure.setX(null)
    },
    {
      id: CommandIDs.useSampleIndex,
      options: {
        label: trans.__('Use the sample index as x'),
        isVisible: () => x() !== 'index'
      },
      run: (_, figure) => figure.setX('index')
    },
    {
      id: CommandIDs.copyPath,
      options: {
        label: trans.__('Copy path in the file'),
        icon: copyIcon,
        isVisible: () => (browser()?.model.focusedPath ?? null) !== null
      },
      run: current => copy(current.model.focusedPath ?? '')
    }
  ];
}
