import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { Clipboard, ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';
import { clearIcon, copyIcon, refreshIcon } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { FigureModel } from '../plot/model';
import type { ResultBrowser } from '../viewer/browser';
import {
  legendIcon,
  newFigureIcon,
  pointsIcon,
  resetZoomIcon
} from '../viewer/icons';
import { IResultTracker } from '../viewer/tokens';
import { COMMANDS_PLUGIN_ID, CommandIDs } from './ids';

const NO_ARGUMENTS = { args: { type: 'object', properties: {} } } as const;

/** The commands on the figures and on the tree of the current result file. */
const plugin: JupyterFrontEndPlugin<void> = {
  id: COMMANDS_PLUGIN_ID,
  description: 'Commands on the figures and the tree of result files.',
  autoStart: true,
  requires: [IResultTracker, ITranslator],
  optional: [ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    tracker: IResultTracker,
    translator: ITranslator,
    palette: ICommandPalette | null
  ) => {
    const { commands } = app;
    const trans = translator.load('jupyterlab_neuronvisio');
    const browser = () => tracker.currentWidget?.content.browser ?? null;
    const figure = () => browser()?.figures.current ?? null;
    const focused = () => browser()?.model.focusedPath ?? null;

    const add = (
      id: string,
      command: Pick<
        CommandRegistry.ICommandOptions,
        'label' | 'caption' | 'icon' | 'isToggled' | 'isVisible'
      >,
      run: (browser: ResultBrowser, figure: FigureModel) => void
    ) => {
      commands.addCommand(id, {
        ...command,
        describedBy: NO_ARGUMENTS,
        isEnabled: () => browser() !== null,
        execute: () => {
          const current = browser();
          if (current) {
            run(current, current.figures.current);
          }
        }
      });
    };

    add(
      CommandIDs.newFigure,
      {
        label: trans.__('New figure'),
        caption: trans.__('Add a figure and draw in it'),
        icon: newFigureIcon
      },
      current => current.figures.newFigure()
    );
    add(
      CommandIDs.toggleLegend,
      {
        label: trans.__('Legend'),
        caption: trans.__('Show or hide the legend of the figure'),
        icon: legendIcon,
        isToggled: () => figure()?.legend ?? false
      },
      (_, current) => current.setLegend(!current.legend)
    );
    add(
      CommandIDs.togglePoints,
      {
        label: trans.__('Points'),
        caption: trans.__('Draw the samples as points in place of lines'),
        icon: pointsIcon,
        isToggled: () => figure()?.points ?? false
      },
      (_, current) => current.setPoints(!current.points)
    );
    add(
      CommandIDs.resetZoom,
      {
        label: trans.__('Reset zoom'),
        caption: trans.__('Show the whole range of the figure'),
        icon: resetZoomIcon
      },
      current => current.figures.resetZoom()
    );
    add(
      CommandIDs.clearFigure,
      {
        label: trans.__('Clear figure'),
        caption: trans.__('Remove all traces from the figure'),
        icon: clearIcon
      },
      (_, current) => current.clear()
    );
    commands.addCommand(CommandIDs.reloadFile, {
      label: trans.__('Reload file'),
      caption: trans.__('Read the file anew from disk'),
      icon: refreshIcon,
      describedBy: NO_ARGUMENTS,
      isEnabled: () => tracker.currentWidget !== null,
      execute: () => tracker.currentWidget?.content.open()
    });
    add(
      CommandIDs.drawInNewFigure,
      {
        label: trans.__('Draw in a new figure'),
        isVisible: () => browser()?.model.focusedVariable != null
      },
      current => {
        const path = current.model.focusedVariable;
        if (path !== null) {
          current.drawInNewFigure([path]);
        }
      }
    );
    add(
      CommandIDs.useAsX,
      {
        label: trans.__('Use as x of this figure'),
        isVisible: () => browser()?.model.focusedVariable != null
      },
      (current, target) => target.setX(current.model.focusedVariable)
    );
    add(
      CommandIDs.useOwnX,
      {
        label: trans.__("Use each group's own x"),
        isVisible: () => (figure()?.x ?? null) !== null
      },
      (_, target) => target.setX(null)
    );
    add(
      CommandIDs.useSampleIndex,
      {
        label: trans.__('Use the sample index as x'),
        isVisible: () => browser() !== null && figure()?.x !== 'index'
      },
      (_, target) => target.setX('index')
    );
    add(
      CommandIDs.copyPath,
      {
        label: trans.__('Copy path in the file'),
        icon: copyIcon,
        isVisible: () => focused() !== null
      },
      () => {
        Clipboard.copyToSystem(focused() ?? '');
      }
    );

    const refresh = () => {
      for (const id of [
        CommandIDs.newFigure,
        CommandIDs.toggleLegend,
        CommandIDs.togglePoints,
        CommandIDs.resetZoom,
        CommandIDs.clearFigure,
        CommandIDs.reloadFile
      ]) {
        commands.notifyCommandChanged(id);
      }
    };
    tracker.widgetAdded.connect((_, widget) => {
      widget.content.stateChanged.connect(refresh);
    });
    tracker.currentChanged.connect(refresh);

    const category = trans.__('Neuronvisio');
    for (const command of [
      CommandIDs.newFigure,
      CommandIDs.toggleLegend,
      CommandIDs.togglePoints,
      CommandIDs.resetZoom,
      CommandIDs.clearFigure,
      CommandIDs.reloadFile
    ]) {
      palette?.addItem({ command, category });
    }
  }
};

export default plugin;
