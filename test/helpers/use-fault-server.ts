import { afterAll, afterEach, beforeAll } from 'vitest'
import { FaultServer } from './fault-server.ts'

/** A server for the tests of a file or of a `describe`. */
export function useFaultServer(): FaultServer {
  const server = new FaultServer()
  beforeAll(() => server.start())
  afterEach(() => server.settle())
  afterAll(() => server.stop())
  return server
}
