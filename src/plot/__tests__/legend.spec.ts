import { nullTranslator } from '@jupyterlab/translation';
import { Legend } from '../legend';

const STYLE = { color: '#0072b2', dash: 'solid' } as const;
const ITEMS = [
  {
    key: '/a',
    label: 'soma · v',
    variable: 'soma · v',
    run: null,
    style: STYLE,
    visible: true,
    columns: []
  },
  {
    key: '/b',
    label: '<img src=x onerror=alert(1)>',
    variable: '<img src=x onerror=alert(1)>',
    run: null,
    style: STYLE,
    visible: false,
    columns: []
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

  it('shows the run of a trace below its variable, as text', () => {
    const widget = legend();
    const run = '<b>Sim_0</b>/run';
    widget.setItems([{ ...ITEMS[0], label: `soma · v · ${run}`, run }]);
    expect(widget.node.querySelector('b')).toBeNull();
    const [toggle] = buttons(widget, 'toggle');
    expect(toggle.textContent).toBe(`soma · v ${run}`);
    expect(toggle.title).toBe(`Hide soma · v · ${run}`);
  });

  it('lists the columns of a variable, each with its swatch', () => {
    const widget = legend();
    const other = { color: '#d55e00', dash: 'dash' } as const;
    widget.setItems([
      {
        ...ITEMS[0],
        columns: [
          { label: '[0]', style: STYLE },
          { label: '[1]', style: other }
        ]
      }
    ]);
    const columns = Array.from(widget.node.querySelectorAll('li li'));
    expect(columns.map(column => column.textContent)).toEqual(['[0]', '[1]']);
    expect(
      columns.map(column =>
        column.querySelector('line')?.getAttribute('stroke')
      )
    ).toEqual([STYLE.color, other.color]);
    expect(widget.node.querySelectorAll('svg')).toHaveLength(2);
    expect(buttons(widget, 'remove')).toHaveLength(1);
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
      expect((document.activeElement as HTMLElement).dataset.key).toBe('/b');
    });
  });
});
