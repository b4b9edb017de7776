import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { plainText } from './mimetype';
import type { Payload } from './payload';
import { refusalText } from './words';

export { readPayload } from './payload';
export { OutputView } from './view';

/** Why an output cannot be shown, and its text. */
export function refusal(
  payload: Exclude<Payload, { kind: 'bundle' }>,
  data: IRenderMime.IMimeModel['data'],
  trans: TranslationBundle
): Widget {
  const shown = new Widget();
  shown.addClass('jp-NeuronvisioOutput');
  const sentence = document.createElement('p');
  sentence.setAttribute('role', 'status');
  sentence.textContent = refusalText(payload.kind, trans);
  const text = document.createElement('pre');
  text.textContent = plainText(data['text/plain']);
  shown.node.append(sentence, text);
  if (payload.kind === 'bad') {
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    summary.textContent = trans.__('Details');
    details.append(summary, payload.technical);
    shown.node.append(details);
  }
  return shown;
}
