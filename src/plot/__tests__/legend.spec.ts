import { nullTranslator } from '@jupyterlab/translation';
import { Legend } from '../legend';

const STYLE = { color: '#0072b2', dash: 'solid' } as const;
const ITEMS = [
  { path: '/a', label: 'soma · v', style: STYLE, visible: true },
  {
    path: '/b',
    label: '<img src=x onerror=alert(1)>',
    style: STYLE,
    visible: false
  }
];

function legend(): Legend {
  const widget = new Legend(nullTranslator.load('test'));
  widget.setItems(ITEMS);
  document.body.append(widget.node);
  return widget;
}

const buttons = (widget: Legend, role: string) =>
  Array.from(
    widget.node.querySelectorAll<HTMLButtonElement>(`[data-role=${role}]`)
  );

describe('Legend', () => {
  it('shows names of the file as text', () => {
    const widget = legend();
    expect(widget.node.querySelector('img')).toBeNull();
    expect(widget.node.textContent).toContain('<img src=x onerror=alert(1)>');
  });

  it('tells which traces are shown', () => {
    expect(
      buttons(legend(), 'toggle').map(button =>
        button.getAttribute('aria-pressed')
      )
    ).toEqual(['true', 'false']);
  });

  it('emits the path of a trace to hide or to remove', () => {
    const widget = legend();
    const toggled = jest.fn();
    const removed = jest.fn();
    widget.toggled.connect((_, path) => void toggled(path));
    widget.removed.connect((_, path) => void removed(path));
    buttons(widget, 'toggle')[0].click();
    buttons(widget, 'remove')[1].click();
    expect(toggled).toHaveBeenCalledWith('/a');
    expect(removed).toHaveBeenCalledWith('/b');
  });

  describe('#setItems()', () => {
    it('keeps the focus on the same button', () => {
      const widget = legend();
      buttons(widget, 'toggle')[1].focus();
      widget.setItems(ITEMS.map(item => ({ ...item, visible: true })));
      expect((document.activeElement as HTMLElement).dataset.path).toBe('/b');
    });
  });
});
