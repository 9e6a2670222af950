import { createServer } from 'node:http'

/** Serves scripts and an empty page on an origin of its own, so that requests to the mock server are cross-origin. */
export async function servePage(scripts: ReadonlyMap<string, string>): Promise<{ url: string; stop(): void }> {
  const server = createServer((request, response) => {
    response.setHeader('service-worker-allowed', '/')
    const script = scripts.get(request.url ?? '')
    response.setHeader('content-type', script === undefined ? 'text/html; charset=utf-8' : 'text/javascript')
    response.end(script ?? '<!doctype html><title>test</title>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the page server has no port')
  const stop = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${address.port}`, stop }
}
