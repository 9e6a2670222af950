import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A Redis server on a free port of this machine, which keeps everything in memory. */
export interface RedisServer {
  readonly url: string
  stop(): Promise<void>
}

/** Starts Debian's `redis-server`. */
export async function startRedis(): Promise<RedisServer> {
  const directory = await mkdtemp(join(tmpdir(), 'redis-'))
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const child = spawn(
      'redis-server',
      [
        '--bind',
        '127.0.0.1',
        '--port',
        `${port}`,
        '--dir',
        directory,
        '--save',
        '',
        '--maxmemory-policy',
        'noeviction',
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const ended = once(child, 'close')
    if (await isReady(child)) {
      const stop = async () => {
        child.kill('SIGKILL')
        await ended
        await rm(directory, { recursive: true })
      }
      return { url: `redis://127.0.0.1:${port}`, stop }
    }
    await ended
    // Another program can have taken the port meanwhile.
    if (attempt === 5) throw new Error('redis-server did not start')
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return address.port
}

async function isReady({ stdout }: ChildProcess): Promise<boolean> {
  if (!stdout) return false
  const lines = createInterface(stdout)
  const isFound = await new Promise<boolean>((resolve) => {
    lines.on('line', (line) => line.includes('Ready to accept connections') && resolve(true))
    lines.on('close', () => resolve(false))
  })
  lines.close()
  stdout.resume()
  return isFound
}
