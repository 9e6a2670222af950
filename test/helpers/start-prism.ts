import { createLogger } from '@stoplight/prism-core'
import { getHttpOperationsFromSpec } from '@stoplight/prism-http'
import { createServer } from '@stoplight/prism-http-server'

/** A Prism server over the published description. */
export interface PrismServer {
  readonly url: string
  stop(): Promise<void>
}

const DESCRIPTION = new URL('../../generated/openapi.json', import.meta.url).pathname

/** Starts Prism on a free port. It checks requests, credentials and its own examples, and says nothing. */
export async function startPrism(): Promise<PrismServer> {
  const operations = await getHttpOperationsFromSpec(DESCRIPTION)
  const server = createServer(operations, {
    cors: true,
    config: {
      isProxy: false,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: true,
      upstreamProxy: undefined,
      mock: { dynamic: false },
    },
    components: { logger: createLogger('prism', { level: 'silent' }) },
  })
  const url = await server.listen(0, '127.0.0.1')
  return { url, stop: () => server.close() }
}
