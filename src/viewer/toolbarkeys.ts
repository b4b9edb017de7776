import type { IDisposable } from '@lumino/disposable';

/** What JupyterLab's toolbar knows of its items; absent where it is another. */
interface IArrowKeys {
  /** What can have the focus. */
  readonly focusableElements?: readonly HTMLElement[];
  /** The place of what the tab key comes to, and the arrow keys start from. */
  readonly activeIndex?: number;
  /** Have the keys come to what is at a place. */
  setFocusedElement?(place: number): void;
}

/**
 * Lets the keyboard into a toolbar that was out of sight.
 *
 * Of a tab in the background, JupyterLab puts all items of the toolbar into its
 * menu. They come back with the tab, but the keys stay with the button of that
 * menu, which is hidden: the tab key finds no way in, and the arrow keys none on.
 */
export class ToolbarKeys implements IDisposable {
  /** Watch over a toolbar's element. */
  constructor(node: HTMLElement & IArrowKeys) {
    this._observer = new MutationObserver(() => leaveHidden(node));
    // The toolbar tells where the keys come to by this.
    const attributeFilter = ['tabindex'];
    this._observer.observe(node, { subtree: true, attributeFilter });
  }

  /** Whether it was disposed. */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Watch no more. */
  dispose(): void {
    this._isDisposed = true;
    this._observer.disconnect();
  }

  private readonly _observer: MutationObserver;
  private _isDisposed = false;
}

/** Have the keys come to the first item in sight where they would come to a hidden one. */
function leaveHidden(node: HTMLElement & IArrowKeys): void {
  const { focusableElements = [], activeIndex = 0 } = node;
  const active = focusableElements[activeIndex];
  if (active && !isInSight(active)) {
    const first = focusableElements.findIndex(isInSight);
    if (first >= 0) {
      node.setFocusedElement?.(first);
    }
  }
}

function isInSight(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}
