import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

const underWay = new AsyncLocalStorage<IncomingMessage>();

subscribe("http.server.request.start", (message) => {
  underWay.enterWith((message as { readonly request: IncomingMessage }).request);
});

/** The request that a server of this process is answering where this is called: what an emulator does not pass on is read from it. */
export const requestUnderWay = (): IncomingMessage | undefined => underWay.getStore();
