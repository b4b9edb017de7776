/** The MIME type of results in a notebook; `docs/refs.schema.json` describes it. */
export const MIME_TYPE = 'application/vnd.neuronvisio.refs+json';

/** A notebook's text, which may be a list of lines. */
export function plainText(data: unknown): string {
  if (Array.isArray(data)) {
    return data.filter(line => typeof line === 'string').join('');
  }
  return typeof data === 'string' ? data : '';
}
