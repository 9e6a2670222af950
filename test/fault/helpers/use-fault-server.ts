import { afterAll, beforeAll, beforeEach, vi } from 'vitest'
import { FaultServer } from './fault-server.ts'

/** A server for the tests of a file or of a `describe`. */
export function useFaultServer(): FaultServer {
  const server = new FaultServer()
  beforeAll(() => server.start())
  afterAll(() => server.stop())
  return server
}

/** Lets every pause between two attempts last no time, unless the server asks for one. */
export function withoutPauses(): void {
  beforeEach(() => {
    vi.spyOn(Math, 'random').mockReturnValue(0)
  })
}
