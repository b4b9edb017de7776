import { Signal } from '@lumino/signaling';
import { KeptViews, MAX_KEPT_TABS } from '../keptviews';

class Tab {
  constructor(readonly id: number) {}
  isDisposed = false;
  readonly disposed = new Signal<this, void>(this);
  readonly content = { view: { version: this.id } };

  dispose(): void {
    this.isDisposed = true;
    this.disposed.emit();
  }
}

const tabs = (count: number) =>
  Array.from({ length: count }, (_, i) => new Tab(i));

describe('KeptViews', () => {
  it('should keep the view of a tab from its first change on', () => {
    const views = new KeptViews<Tab>();
    const [tab] = tabs(1);
    expect(views.of(tab)).toBeNull();
    expect(views.changed(tab)).toEqual([tab]);
    expect(views.of(tab)).toBe(tab.content.view);
  });

  it('should drop the one that changed longest ago for one too many', () => {
    const views = new KeptViews<Tab>();
    const [first, second, ...others] = tabs(MAX_KEPT_TABS);
    [first, second, ...others].forEach(tab => views.changed(tab));
    views.changed(first);
    const [late] = tabs(1);
    expect(views.changed(late)).toEqual([second, late]);
    expect(views.of(second)).toBeNull();
    expect(views.of(first)).not.toBeNull();
    expect(views.changed(second)).toEqual([others[0], second]);
  });

  it('should forget a tab that is closed', () => {
    const views = new KeptViews<Tab>();
    const [closed, ...others] = tabs(MAX_KEPT_TABS);
    [closed, ...others].forEach(tab => views.changed(tab));
    closed.dispose();
    expect(views.of(closed)).toBeNull();
    const [late] = tabs(1);
    expect(views.changed(late)).toEqual([late]);
  });
});
