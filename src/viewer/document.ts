import type { DocumentRegistry } from '@jupyterlab/docregistry';
import {
  ABCWidgetFactory,
  DocumentModel,
  DocumentWidget
} from '@jupyterlab/docregistry';
import type { Contents } from '@jupyterlab/services';
import { MODEL_NAME } from './ids';
import type { ViewerShell } from './shell';
import { ToolbarKeys } from './toolbarkeys';

/**
 * The model of a file of which only the metadata passes through JupyterLab.
 *
 * It can never be written: it says that it is collaborative, which is how a
 * document context is told to leave saving and checkpoints (a full copy of the
 * file) to somebody else, and it refuses to be serialised, so that no command
 * can put an empty text over the results.
 */
export class ResultModel extends DocumentModel {
  /** Results are only looked at. */
  override get readOnly(): boolean {
    return true;
  }
  override set readOnly(_value: boolean) {
    // Nothing makes results writable.
  }

  /** Keeps the context from saving and from making checkpoints. */
  override get collaborative(): boolean {
    return true;
  }

  /** Nothing is ever unsaved. */
  override get dirty(): boolean {
    return false;
  }
  override set dirty(_value: boolean) {
    // Results do not change here.
  }

  /** Refused: a viewer has nothing to write. */
  override toString(): string {
    throw new Error('A result file is only viewed; it cannot be saved.');
  }

  /** Refused: a viewer has nothing to write. */
  override toJSON(): never {
    throw new Error('A result file is only viewed; it cannot be saved.');
  }
}

/** Makes models for which the server is asked for metadata only. */
export class ResultModelFactory implements DocumentRegistry.IModelFactory<ResultModel> {
  readonly name = MODEL_NAME;
  readonly contentType: Contents.ContentType = 'file';
  /** null: the content does not pass through the page. */
  readonly fileFormat: Contents.FileFormat = null;

  /** Whether the factory was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Dispose of the factory. */
  dispose(): void {
    this._isDisposed = true;
  }

  /** Make a model. */
  createNew(
    options?: ConstructorParameters<typeof DocumentModel>[0]
  ): ResultModel {
    return new ResultModel(options);
  }

  /** Results belong to no kernel language. */
  preferredLanguage(_path: string): string {
    return '';
  }

  private _isDisposed = false;
}

/** The context of an open result file. */
export type ResultContext = DocumentRegistry.IContext<ResultModel>;

/** A tab that shows a result file. */
export class ResultDocument extends DocumentWidget<ViewerShell, ResultModel> {
  /** Make a tab; its content reads the file. */
  constructor(options: DocumentWidget.IOptions<ViewerShell, ResultModel>) {
    super(options);
    this.addClass('jp-NeuronvisioDocument');
    this._keys = new ToolbarKeys(this.toolbar.node);
  }

  /** Dispose of the tab and of what it holds. */
  override dispose(): void {
    this._keys.dispose();
    super.dispose();
  }

  private readonly _keys: ToolbarKeys;
}

/** Makes tabs for result files. */
export class ResultWidgetFactory extends ABCWidgetFactory<
  ResultDocument,
  ResultModel
> {
  /** Make a factory; `createContent` builds what a tab shows. */
  constructor(
    options: DocumentRegistry.IWidgetFactoryOptions<ResultDocument>,
    private readonly _createContent: (context: ResultContext) => ViewerShell
  ) {
    super(options);
  }

  protected createNewWidget(context: ResultContext): ResultDocument {
    return new ResultDocument({
      content: this._createContent(context),
      context,
      translator: this.translator
    });
  }
}
