import { expect, test } from '@jupyterlab/galata';

const NAME = 'jupyterlab-neuronvisio';

interface IPageConfig {
  federated_extensions: { name: string }[];
}

test.describe('the installed extension', () => {
  test('is listed by the server among the extensions to load', async ({
    page
  }) => {
    const text = await page.locator('#jupyter-config-data').textContent();
    const config = JSON.parse(text ?? '') as IPageConfig;

    expect(config.federated_extensions.map(({ name }) => name)).toContain(NAME);
  });

  test('has every one of its plugins active in the page', async ({ page }) => {
    const plugins = await page.evaluate(name => {
      const app = window.jupyterapp;
      return app
        .listPlugins()
        .filter(id => id.startsWith(`${name}:`))
        .map(id => ({ id, active: app.isPluginActivated(id) }));
    }, NAME);

    expect(plugins.length).toBeGreaterThan(0);
    expect(plugins.filter(plugin => !plugin.active)).toEqual([]);
  });
});
