import { ready } from 'h5wasm';
import type { FailureCode } from '../../refs/failure';
import { Dispatcher } from '../dispatch';
import type { CallName, ICalls, IBeat, Message, Request } from '../protocol';
import type { FakeServer } from './server';

/** A page that calls a dispatcher. */
export class Page {
  constructor(readonly server: FakeServer) {
    this._dispatcher = new Dispatcher(ready, server.network, message =>
      this.messages.push(message)
    );
  }

  readonly messages: Message[] = [];

  async call<K extends CallName>(
    call: K,
    argument: ICalls[K]['argument']
  ): Promise<ICalls[K]['value'] | FailureCode> {
    const id = ++this._id;
    await this._dispatcher.handle({ id, call, argument } as Request);
    for (const message of this.messages) {
      if (message.kind === 'value' && message.id === id) {
        return message.value;
      }
      if (message.kind === 'failure' && message.id === id) {
        return message.failure.code;
      }
    }
    throw new Error('no answer');
  }

  get beats(): IBeat[] {
    return this.messages.filter(
      (message): message is IBeat => message.kind === 'beat'
    );
  }

  private readonly _dispatcher: Dispatcher;
  private _id = 0;
}
