import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ILabShell, ILayoutRestorer } from '@jupyterlab/application';
import {
  createToolbarFactory,
  IThemeManager,
  IToolbarWidgetRegistry,
  WidgetTracker
} from '@jupyterlab/apputils';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ITranslator } from '@jupyterlab/translation';
import { prepareWorker } from '../hdf5/spawn';
import { FILE_EXTENSIONS } from '../refs/filename';
import type { ICreateOptions, IViewerMaker } from '../viewer/create';
import type { ResultContext, ResultDocument } from '../viewer/document';
import { ResultModelFactory, ResultWidgetFactory } from '../viewer/document';
import { takeDrawn } from '../viewer/handover';
import { neuronvisioIcon } from '../viewer/icons';
import { ViewerOptions } from '../viewer/options';
import { PaneSizes } from '../viewer/sizes';
import { IResultTracker } from '../viewer/tokens';
// The items are offered at once, and made with the first tab.
// eslint-disable-next-line jupyter/prefer-lazy-imports
import { addToolbarItems } from '../viewer/toolbar';
import { ViewerShell } from '../viewer/shell';
import {
  CommandIDs,
  FACTORY_NAME,
  FILE_TYPE_NAME,
  MODEL_NAME,
  VIEWER_PLUGIN_ID
} from '../viewer/ids';
import { KeptViews } from './keptviews';
import type { IFileBrowsers } from './press';
import { atFirstPress, atSecondPress } from './press';
import { applySettings } from './settings';

/** The document widget factory for result files, and the tracker of their tabs. */
const plugin: JupyterFrontEndPlugin<IResultTracker> = {
  id: VIEWER_PLUGIN_ID,
  description:
    'Shows NEURON simulation results saved by Neuronvisio: a tree of groups, sections and variables, and plots.',
  autoStart: true,
  provides: IResultTracker,
  requires: [ITranslator],
  optional: [
    ILayoutRestorer,
    ISettingRegistry,
    IToolbarWidgetRegistry,
    IThemeManager,
    IStateDB,
    IFileBrowserFactory,
    ILabShell
  ],
  activate: (
    app: JupyterFrontEnd,
    translator: ITranslator,
    restorer: ILayoutRestorer | null,
    settings: ISettingRegistry | null,
    toolbars: IToolbarWidgetRegistry | null,
    themes: IThemeManager | null,
    state: IStateDB | null,
    browsers: IFileBrowserFactory | null,
    labShell: ILabShell | null
  ): IResultTracker => {
    const trans = translator.load('jupyterlab_neuronvisio');
    const { docRegistry, serviceManager } = app;
    const options = new ViewerOptions();
    const sizes = new PaneSizes(state);
    docRegistry.addFileType(fileType(trans));
    docRegistry.addModelFactory(new ResultModelFactory());
    const setup = {
      contents: serviceManager.contents,
      serverSettings: serviceManager.serverSettings,
      options,
      sizes,
      trans,
      themeChanged: themes?.themeChanged
    };
    const factory = new ResultWidgetFactory(
      {
        ...factoryOptions(trans),
        translator,
        toolbarFactory: toolbarOf(app, toolbars, settings, translator, trans)
      },
      // Elsewhere, as in Jupyter Notebook, a file opens in a page of its own.
      shells(setup, labShell && browsers && browsers.tracker)
    );
    const views = new KeptViews<ResultDocument>();
    const tracker = trackTabs(factory, views);
    docRegistry.addWidgetFactory(factory);
    if (settings) {
      applySettings(settings, options, docRegistry);
    }
    if (restorer) {
      restoreTabs(restorer, tracker, views);
    }
    return tracker;
  }
};

/** Keeps track of the tabs that a factory makes, and of what each of them shows. */
function trackTabs(
  factory: ResultWidgetFactory,
  views: KeptViews<ResultDocument>
): WidgetTracker<ResultDocument> {
  const tracker = new WidgetTracker<ResultDocument>({
    namespace: 'neuronvisio'
  });
  factory.widgetCreated.connect((_, widget) => {
    widget.title.icon = neuronvisioIcon;
    widget.context.pathChanged.connect(() => void tracker.save(widget));
    widget.content.viewChanged.connect(() =>
      views.changed(widget).forEach(tab => void tracker.save(tab))
    );
    void tracker.add(widget);
    widget.content.draw(takeDrawn(widget.context.path));
  });
  return tracker;
}

/** Brings the tabs back in the page that comes next, with what each of them shows. */
function restoreTabs(
  restorer: ILayoutRestorer,
  tracker: WidgetTracker<ResultDocument>,
  views: KeptViews<ResultDocument>
): void {
  // Not `docmanager:open`: jupyterlab-h5web would take the file over.
  void restorer.restore(tracker, {
    command: CommandIDs.openResults,
    args: widget => {
      const view = views.of(widget);
      return { path: widget.context.path, ...(view && { view }) };
    },
    name: widget => widget.context.path
  });
}

/**
 * Makes the content of tabs; the reader's worker starts while the viewer's
 * code loads, both of them when a result file is first pressed on. A double
 * click opens the file at its second press.
 */
function shells(
  setup: ICreateOptions,
  browsers: IFileBrowsers | null
): (context: ResultContext) => ViewerShell {
  let maker: IViewerMaker | null = null;
  const load = async () => {
    const { viewerMaker } = await import('../viewer/create');
    return (maker ??= viewerMaker(setup));
  };
  atFirstPress(document, () => {
    prepareWorker();
    // Who opens the file tries again, and is told what is wrong.
    load().catch(() => undefined);
  });
  if (browsers) {
    atSecondPress(document, browsers, FACTORY_NAME, path => maker?.begin(path));
  }
  return context => {
    if (!maker) {
      prepareWorker();
    }
    return new ViewerShell({
      load: () =>
        maker?.make(context) ?? load().then(({ make }) => make(context)),
      ready: context.ready,
      trans: setup.trans
    });
  };
}

function fileType(
  trans: TranslationBundle
): Partial<DocumentRegistry.IFileType> & { name: string } {
  return {
    name: FILE_TYPE_NAME,
    displayName: trans.__('HDF5 results'),
    extensions: [...FILE_EXTENSIONS],
    mimeTypes: ['application/x-hdf5'],
    contentType: 'file',
    fileFormat: null,
    icon: neuronvisioIcon
  };
}

function factoryOptions(
  trans: TranslationBundle
): DocumentRegistry.IWidgetFactoryOptions<ResultDocument> {
  return {
    name: FACTORY_NAME,
    label: trans.__('Neuronvisio results'),
    modelName: MODEL_NAME,
    fileTypes: [FILE_TYPE_NAME],
    defaultFor: [FILE_TYPE_NAME],
    readOnly: true
  };
}

function toolbarOf(
  { commands }: JupyterFrontEnd,
  toolbars: IToolbarWidgetRegistry | null,
  settings: ISettingRegistry | null,
  translator: ITranslator,
  trans: TranslationBundle
): DocumentRegistry.IWidgetFactoryOptions<ResultDocument>['toolbarFactory'] {
  if (!toolbars || !settings) {
    return undefined;
  }
  addToolbarItems(toolbars, FACTORY_NAME, commands, trans);
  return createToolbarFactory(
    toolbars,
    settings,
    FACTORY_NAME,
    VIEWER_PLUGIN_ID,
    translator
  );
}

export default plugin;
