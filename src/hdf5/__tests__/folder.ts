import { readdirSync, statSync } from 'fs';
import { join } from 'path';
import { ready } from 'h5wasm';
import type { IFailure } from '../../refs/failure';
import { failureOf, ReadError } from '../../refs/failure';
import type { IByteRequest } from '../bytes';
import { Dispatcher } from '../dispatch';
import { give } from '../give';
import type { ICalls, IWanted, Message, Request, CallName } from '../protocol';
import type { IAddress, INetwork } from '../remote';
import { fileBytes, FIXTURES } from './fixture';
import { FakeServer } from './server';

const ROOT = 'http://host/files/folder/';

/** The files of `fixtures/linked`, with those in folders of it. */
function linkedFixtures(): Map<string, Uint8Array> {
  const folder = join(FIXTURES, 'linked');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    names
      .filter(name => statSync(join(folder, name)).isFile())
      .map(name => [name.replace(/\\/g, '/'), fileBytes(join(folder, name))])
  );
}

/** A page and a server with a folder of files. */
export class LinkedFolder {
  constructor(files: ReadonlyMap<string, Uint8Array> = linkedFixtures()) {
    for (const [name, bytes] of files) {
      this.files.set(name, new FakeServer(bytes));
    }
    const network: INetwork = {
      fetch: (url, init) => this._server(url).network.fetch(url, init),
      request: (address: IAddress): IByteRequest =>
        this._server(address.url).request
    };
    this._dispatcher = new Dispatcher(ready, network, message =>
      this._receive(message)
    );
  }

  /** The servers of the files, by name. */
  readonly files = new Map<string, FakeServer>();
  /** What the worker wanted of the page. */
  readonly wanted: IWanted[] = [];
  /** The addresses that were asked for. */
  readonly asked: string[] = [];
  /** Whether the page gives files whole by another way. */
  hasFallback = false;
  /** What else the worker said. */
  readonly messages: Message[] = [];

  /** Open a file of the folder. */
  async open(name: string): Promise<ICalls['open']['value']> {
    return this.call('open', { kind: 'url', url: ROOT + name, headers: {} });
  }

  /** Make a call; rejects with the failure that the worker answers. */
  async call<K extends CallName>(
    call: K,
    argument: ICalls[K]['argument']
  ): Promise<ICalls[K]['value']> {
    const id = ++this._id;
    await this._dispatcher.handle({ id, call, argument } as Request);
    for (const message of this.messages) {
      if (message.kind === 'value' && message.id === id) {
        return message.value;
      }
      if (message.kind === 'failure' && message.id === id) {
        throw new ReadError(message.failure);
      }
    }
    throw new Error('no answer');
  }

  /** The failure that a call ends in. */
  async failure<K extends CallName>(
    call: K,
    argument: ICalls[K]['argument']
  ): Promise<IFailure> {
    try {
      await this.call(call, argument);
    } catch (reason) {
      return failureOf(reason, 'reader-stopped');
    }
    throw new Error('it did not fail');
  }

  /** The names of the linked files that were wanted, each once. */
  get opened(): string[] {
    return [...new Set(this.wanted.map(({ file }) => file))].sort();
  }

  private _receive(message: Message): void {
    this.messages.push(message);
    if (message.kind === 'wanted') {
      void this._give(message);
    }
  }

  private async _give(wanted: IWanted): Promise<void> {
    this.wanted.push(wanted);
    const given = await give(wanted, {
      beside: file => ({
        location: () =>
          Promise.resolve({ kind: 'url', url: ROOT + file, headers: {} }),
        fallback: this.hasFallback
          ? () => Promise.resolve(this._whole(file))
          : undefined
      }),
      progress: () => undefined,
      signal: new AbortController().signal
    });
    await this._dispatcher.handle(given);
  }

  private _whole(file: string): ArrayBuffer {
    const server = this.files.get(file);
    if (!server) {
      throw new Error('404');
    }
    return Uint8Array.from(server.data).buffer;
  }

  private _server(url: string): FakeServer {
    this.asked.push(url);
    const server = this.files.get(url.slice(ROOT.length));
    if (url.startsWith(ROOT) && server) {
      return server;
    }
    const missing = new FakeServer(new Uint8Array(0));
    missing.status = 404;
    return missing;
  }

  private readonly _dispatcher: Dispatcher;
  private _id = 0;
}
