// What travels beside a request through the layers: who asks, under which id, and which route answered.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ClientTrust, clientOf, type RequestOrigin } from './client-address.ts';

/** What the Node adapter passes; absent when a test calls the app directly. */
export interface NodeBindings {
  readonly incoming?: IncomingMessage;
  readonly outgoing?: ServerResponse;
}

/** Hono's `c.env` in every handler. */
export interface RequestEnvironment extends NodeBindings {
  readonly requestId: string;
  readonly origin: RequestOrigin;
  /** The pattern of the route that answered, written by the app for logs and metrics. */
  route: string | undefined;
  /** Whether the body is made while it is sent, written by the route. */
  streams: boolean;
  /** What went wrong on our side, for the log alone. */
  failure: unknown;
}

/** The type parameter of every Hono app in this room. */
export type SiteEnv = { Bindings: RequestEnvironment };

const acceptableId = /^[\w.-]{8,64}$/;

/** Builds the environment of one request. A request id that came with it is kept when it is a plain token. */
export function requestEnvironment(
  header: (name: string) => string | null | undefined,
  bindings: NodeBindings,
  trust: ClientTrust,
): RequestEnvironment {
  const given = header('x-request-id');
  return {
    ...bindings,
    requestId: typeof given === 'string' && acceptableId.test(given) ? given : randomUUID(),
    origin: clientOf(bindings.incoming?.socket, header, trust),
    route: undefined,
    streams: false,
    failure: undefined,
  };
}
