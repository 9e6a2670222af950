import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A server of `node:http` or `node:https` on this machine. */
export interface Listening {
  readonly port: number
  /** The connections that are open. */
  readonly sockets: ReadonlySet<Socket>
  /** The number of connections that were ever made. */
  readonly connected: () => number
}

/** Starts a server for the running test; it is closed when the test ends. */
export async function listening(server: Server): Promise<Listening> {
  const sockets = new Set<Socket>()
  let connected = 0
  server.on('connection', (socket) => {
    connected += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  })
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return { port: address.port, sockets, connected: () => connected }
}
