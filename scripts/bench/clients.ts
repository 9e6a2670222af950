import { AbejaClient, type ClientOptions } from '../../src/index.ts'
import { httpFetch } from '../../src/node.ts'
import { TOKEN } from './peers.ts'

export const CLIENT = 'client'
export const ON_HTTP = 'client on httpFetch'

/** The ways the client is made. */
export const clients: Readonly<Record<string, (origin: string) => AbejaClient>> = {
  [CLIENT]: (origin) => clientAt(origin),
  [ON_HTTP]: (origin) => clientAt(origin, { fetch: httpFetch() }),
}

export function clientAt(baseUrl: string, options: ClientOptions = {}): AbejaClient {
  return new AbejaClient({ baseUrl, organizationId: '1234567890123', credential: { authToken: TOKEN }, ...options })
}
