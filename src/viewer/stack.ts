import type { Message } from '@lumino/messaging';
import type { Widget } from '@lumino/widgets';
import { PanelLayout } from '@lumino/widgets';

/**
 * Stacks widgets from top to bottom, as high as their styles say.
 *
 * A box layout would have the browser lay the whole page out to know their
 * sizes, and do so again for each layout that it stands in.
 */
export class StackLayout extends PanelLayout {
  /** Tell the others that there is more or less room. */
  protected override onChildShown(_msg: Widget.ChildMessage): void {
    this.parent?.update();
  }

  /** The same. */
  protected override onChildHidden(_msg: Widget.ChildMessage): void {
    this.parent?.update();
  }

  /** The same, for one that changed its height. */
  protected override onFitRequest(_msg: Message): void {
    this.parent?.update();
  }

  /** Put a widget into the parent's node, which says by its class how it stacks. */
  protected override init(): void {
    this.parent?.addClass('jp-NeuronvisioStack');
    super.init();
  }
}
