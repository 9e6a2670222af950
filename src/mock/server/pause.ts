import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

/** Waits, or stops waiting when the connection goes. Answers whether it is still there. */
export async function pause(response: ServerResponse, milliseconds: number): Promise<boolean> {
  // The response itself has no socket yet while the one before it on the same connection is being finished.
  const { socket } = response.req
  if (socket.destroyed) return false
  const gone = new AbortController()
  const leave = () => gone.abort()
  socket.once('close', leave)
  try {
    await wait(milliseconds, undefined, { signal: gone.signal })
    return true
  } catch {
    return false
  } finally {
    socket.off('close', leave)
  }
}
