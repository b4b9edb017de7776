import { FileDialog } from '@jupyterlab/filebrowser';
import { isResultFileName } from '../refs/filename';

/** What the dialog says, and where it starts. */
export type ChooseOptions = Omit<FileDialog.IFileOptions, 'filter'>;

/** Ask for result files in a dialog, which shows folders and those files alone; none when it is left. */
export async function choosePaths(options: ChooseOptions): Promise<string[]> {
  const result = await FileDialog.getOpenFiles({
    ...options,
    filter: model =>
      model.type === 'directory' || isResultFileName(model.name) ? {} : null
  });
  const chosen = result.button.accept ? (result.value ?? []) : [];
  return chosen
    .filter(model => model.type !== 'directory')
    .map(model => model.path);
}
