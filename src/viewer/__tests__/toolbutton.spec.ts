import { readFileSync } from 'fs';
import { join } from 'path';
import { refreshIcon } from '@jupyterlab/ui-components';
import { CommandRegistry } from '@lumino/commands';
import { Widget } from '@lumino/widgets';
import { FACTORY_NAME } from '../ids';
import { COMMAND_ITEMS } from '../toolbar';
import { CommandTool, ToolButton } from '../toolbutton';

describe('ToolButton', () => {
  describe('#setState()', () => {
    it('should be named by its label, else by its title', () => {
      const tool = new ToolButton(() => undefined);
      const button = tool.node.querySelector('button')!;
      tool.setState({ icon: refreshIcon, title: 'Read it anew' });
      expect(button.textContent).toBe('');
      expect(button.querySelector('svg')).not.toBeNull();
      expect(button.getAttribute('aria-label')).toBe('Read it anew');
      tool.setState({ label: 'Reload', title: 'Read it anew' });
      expect(button.textContent).toBe('Reload');
      expect(button.querySelector('svg')).toBeNull();
      expect(button.getAttribute('aria-label')).toBe('Reload');
      tool.dispose();
    });
  });
});

describe('CommandTool', () => {
  let commands: CommandRegistry;
  let tool: CommandTool;
  let state: { on: boolean; enabled: boolean; visible: boolean };
  let executed: unknown[];

  beforeEach(() => {
    commands = new CommandRegistry();
    state = { on: false, enabled: true, visible: true };
    executed = [];
    commands.addCommand('points', {
      describedBy: { args: {} },
      label: 'Points',
      caption: 'Draw points',
      icon: refreshIcon,
      isToggled: () => state.on,
      isEnabled: () => state.enabled,
      isVisible: () => state.visible,
      execute: args => executed.push(args)
    });
    tool = new CommandTool(commands, 'points');
    Widget.attach(tool, document.body);
  });

  afterEach(() => tool.dispose());

  const button = () => tool.node.querySelector('button')!;
  const isDisabled = () => button().getAttribute('aria-disabled') === 'true';

  it('should execute the command, and leave the focus where it is', () => {
    const press = new MouseEvent('mousedown', { cancelable: true });
    button().dispatchEvent(press);
    button().click();
    expect(executed).toEqual([{ toolbar: true }]);
    expect(press.defaultPrevented).toBe(true);
  });

  it('should show whether the command is on, can be executed and is visible', () => {
    expect(button().getAttribute('aria-pressed')).toBe('false');
    expect(isDisabled()).toBe(false);
    expect(tool.isHidden).toBe(false);
    state = { on: true, enabled: false, visible: false };
    commands.notifyCommandChanged('points');
    expect(button().getAttribute('aria-pressed')).toBe('true');
    expect(isDisabled()).toBe(true);
    button().click();
    expect(executed).toEqual([]);
    expect(tool.isHidden).toBe(true);
    state = { on: false, enabled: true, visible: true };
    commands.notifyCommandChanged();
    expect(isDisabled()).toBe(false);
  });

  it('should name the command, what it does and its keys', () => {
    expect(button().title).toBe('Points: Draw points');
    commands.addKeyBinding({
      keys: ['P'],
      selector: 'body',
      command: 'points'
    });
    expect(button().title).toBe('Points: Draw points (P)');
  });

  it('should show a command once there is one', () => {
    const late = new CommandTool(commands, 'late');
    expect(late.isHidden).toBe(true);
    commands.addCommand('late', {
      label: 'Late',
      describedBy: { args: {} },
      execute: () => undefined
    });
    expect(late.isHidden).toBe(false);
    expect(late.node.textContent).toBe('Late');
    late.dispose();
  });

  it('should listen to nothing once it is disposed', () => {
    tool.dispose();
    state.enabled = false;
    commands.notifyCommandChanged('points');
    expect(isDisabled()).toBe(false);
  });
});

describe('COMMAND_ITEMS', () => {
  it('should be the items of the settings that are commands', () => {
    const file = join(__dirname, '..', '..', '..', 'schema', 'plugin.json');
    const schema = JSON.parse(readFileSync(file, 'utf8')) as {
      'jupyter.lab.toolbars': Record<
        string,
        readonly { name: string; command?: string }[]
      >;
    };
    const items = schema['jupyter.lab.toolbars'][FACTORY_NAME];
    const commands = items.flatMap(({ name, command }) =>
      command ? [[name, command]] : []
    );
    expect(Object.fromEntries(commands)).toEqual(COMMAND_ITEMS);
  });
});
