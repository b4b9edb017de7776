import { PathExt } from '@jupyterlab/coreutils';
import type { Contents, ServerConnection } from '@jupyterlab/services';
import { cancelled, ReadError } from '../refs/failure';
import type { Addresses } from './addresses';

/** Where the reader finds a file's bytes. */
export interface IUrlLocation {
  readonly kind: 'url';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Bytes of a file that come as one text: browsers have no longer texts than this makes. */
const MOST_ENCODED = 384 << 20;

/** Base64 characters decoded in one step, so that the page stays quick; a multiple of 4. */
const DECODE_STEP = 1 << 20;

/** Milliseconds between two words on a whole file that is waited for. */
const TELL = 500;

/** The address of a file on its drive, with what the server wants to see. */
export async function fileLocation(
  path: string,
  contents: Contents.IManager,
  settings: ServerConnection.ISettings,
  addresses?: Addresses
): Promise<IUrlLocation> {
  const address = await contents.getDownloadUrl(path);
  addresses?.note(path, address);
  return locationOf(address, settings);
}

/** Where a file of the Jupyter server most likely lies; null where that cannot be told. */
export function likelyLocation(
  path: string,
  settings: ServerConnection.ISettings,
  addresses?: Addresses
): IUrlLocation | null {
  const address = addresses?.likely(path) ?? null;
  const location = address === null ? null : locationOf(address, settings);
  // No other host is told of a file that may not be there.
  return location?.url.startsWith(settings.baseUrl) ? location : null;
}

function locationOf(
  address: string,
  settings: ServerConnection.ISettings
): IUrlLocation {
  const url = new URL(address, settings.baseUrl).toString();
  const headers: Record<string, string> = {};
  // The token is the Jupyter server's own: no other host may see it.
  if (settings.token && url.startsWith(settings.baseUrl)) {
    headers.Authorization = `token ${settings.token}`;
  }
  return { kind: 'url', url, headers };
}

/** The path of a file that another names by a path from its own folder. */
export function siblingPath(
  path: string,
  file: string,
  contents: Contents.IManager
): string {
  const drive = contents.driveName(path);
  const folder = PathExt.dirname(contents.localPath(path));
  const sibling = folder === '' ? file : `${folder}/${file}`;
  return drive === '' ? sibling : `${drive}:${sibling}`;
}

/** The address of such a file, which is below the folder of the one that names it. */
export async function siblingLocation(
  path: string,
  file: string,
  contents: Contents.IManager,
  settings: ServerConnection.ISettings
): Promise<IUrlLocation> {
  const own = await fileLocation(path, contents, settings);
  const sibling = await fileLocation(
    siblingPath(path, file, contents),
    contents,
    settings
  );
  const folder = new URL('.', own.url).toString();
  if (!sibling.url.startsWith(folder)) {
    // The drive's own business with addresses; the contents manager knows the path.
    const technical = `${sibling.url} is not below ${folder}`;
    throw new ReadError({ code: 'not-found', technical });
  }
  return sibling;
}

/**
 * The whole file through the contents manager, for drives that have no
 * address to read parts from.
 */
export async function fileContents(
  path: string,
  contents: Contents.IManager,
  progress: (done: number, total: number | null) => void,
  signal: AbortSignal
): Promise<ArrayBuffer> {
  progress(0, null);
  const { size } = await contents.get(path, { type: 'file', content: false });
  if ((size ?? 0) > MOST_ENCODED) {
    const technical = `${size} bytes through the contents manager`;
    throw new ReadError({ code: 'too-large', technical });
  }
  const telling = setInterval(() => {
    if (!signal.aborted) {
      // The size may be that of a link, not of the file that it leads to.
      progress(0, null);
    }
  }, TELL);
  const model = await contents
    .get(path, { type: 'file', format: 'base64', content: true })
    .finally(() => clearInterval(telling));
  if (typeof model.content !== 'string') {
    throw new ReadError({
      code: 'not-found',
      technical: 'the contents manager gave no content'
    });
  }
  return decodeBase64(model.content, progress, signal);
}

/** Bytes of a base64 text, decoded in steps between which the page can paint. */
export async function decodeBase64(
  text: string,
  progress: (done: number, total: number | null) => void,
  signal: AbortSignal
): Promise<ArrayBuffer> {
  const clean = text.replace(/\s/g, '');
  const padding = clean.endsWith('==') ? 2 : clean.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((clean.length / 4) * 3 - padding);
  let at = 0;
  for (let from = 0; from < clean.length; from += DECODE_STEP) {
    if (signal.aborted) {
      throw cancelled('stopped');
    }
    const part = atob(clean.slice(from, from + DECODE_STEP));
    for (let i = 0; i < part.length; i++) {
      bytes[at++] = part.charCodeAt(i);
    }
    progress(at, bytes.length);
    await new Promise(resolve => setTimeout(resolve, 0));
  }
  return bytes.buffer;
}
