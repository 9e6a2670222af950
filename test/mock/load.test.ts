import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { expect, test } from 'vitest'
import { OwnProcess } from './helpers/own-process.ts'
import { ids, organization } from './helpers/use-mock.ts'

/** `MOCK_LOAD_SECONDS=30` is the whole test. */
const seconds = Number(process.env.MOCK_LOAD_SECONDS ?? 3)
const connections = 200
/** A connection keeps this many files before it deletes its oldest. */
const filesKept = 5

interface Stored {
  readonly fileId: string
  readonly hash: string
}

test.skipIf(!existsSync('/proc/self/status')).each([1, 50])(
  `${connections} connections for ${seconds} s of uploads, lists, downloads and deletions lose nothing in %i workspaces`,
  async (workspaces) => {
    const server = await OwnProcess.start()
    const urlOf = (index: number) => (index === 0 ? server.url : `${server.url}/_workspaces/load-${index}`)
    const loads = Array.from({ length: workspaces }, (_, index) => new Load(urlOf(index)))
    const idle = await server.memory()
    const samples: number[] = []
    const sampler = setInterval(() => void server.memory().then((memory) => samples.push(memory)), 250)
    const until = performance.now() + seconds * 1000
    const each = loads.map((load, first) => {
      const own = Array.from({ length: connections / workspaces }, (_, index) => first + index * workspaces)
      return Promise.all(own.map((index) => load.work(index, until)))
    })
    const kept = (await Promise.all(each)).map((files) => files.flat())
    clearInterval(sampler)
    for (const [index, load] of loads.entries()) for (const file of kept[index] ?? []) await load.check(file)
    expect(await server.stop()).toBe(0)

    const third = Math.floor(samples.length / 3)
    const early = Math.max(...samples.slice(0, third * 2))
    const late = Math.max(...samples.slice(third * 2))
    process.stdout.write(
      `${loads.reduce((sum, { requests }) => sum + requests, 0)} requests in ${seconds} s, ${kept.flat().length} files checked at the end, ` +
        `memory ${idle.toFixed(0)} MB idle, ${early.toFixed(0)} MB in the first two thirds, ${late.toFixed(0)} MB in the last\n`,
    )
    expect(kept.flat().length).toBeGreaterThan(connections)
    // Garbage comes and goes; what counts is that it does not go on growing.
    if (seconds >= 30) expect(late - early).toBeLessThan(80)
    expect(late - idle).toBeLessThan(350)
  },
  seconds * 1000 + 120_000,
)

class Load {
  readonly #url: string
  readonly #agent = new Agent({ keepAlive: true, maxSockets: connections })
  requests = 0

  constructor(url: string) {
    this.#url = url
  }

  /** Does a bit of everything until the time is over, at least twice. Returns the files that must be stored. */
  async work(index: number, until: number): Promise<Stored[]> {
    const files: Stored[] = []
    for (let round = 0; round < 2 || performance.now() < until; round++) {
      files.push(await this.#upload(randomBytes(round % 10 === 9 ? 500_000 : 1000 + ((index * 37) % 20_000))))
      await this.#json('GET', `/channels/${ids.channel}?items_per_page=10&sort=-uploaded_at`)
      await this.#json('GET', `${organization}/channels`)
      const some = files[round % files.length]
      if (some) await this.check(some)
      const oldest = files.length > filesKept ? files.shift() : undefined
      if (oldest) await this.#json('DELETE', `/channels/${ids.channel}/${oldest.fileId}`)
    }
    return files
  }

  async check({ fileId, hash }: Stored): Promise<void> {
    const { download_uri } = await this.#json('GET', `/channels/${ids.channel}/${fileId}`)
    const bytes = await this.#send('GET', String(download_uri), undefined, {})
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash)
  }

  async #upload(bytes: Buffer): Promise<Stored> {
    const { file_id } = await this.#json('POST', `/channels/${ids.channel}/upload`, bytes)
    return { fileId: String(file_id), hash: createHash('sha256').update(bytes).digest('hex') }
  }

  async #json(method: string, path: string, body?: Buffer): Promise<Record<string, unknown>> {
    const answer = await this.#send(method, this.#url + path, body, { authorization: 'Bearer load' })
    return JSON.parse(answer.toString())
  }

  async #send(method: string, url: string, body: Buffer | undefined, headers: Record<string, string>): Promise<Buffer> {
    this.requests += 1
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const length = body ? { 'content-length': body.length, 'content-type': 'application/octet-stream' } : {}
      request(url, { method, agent: this.#agent, headers: { ...headers, ...length } })
        .once('response', resolve)
        .once('error', reject)
        .end(body)
    })
    const chunks: Buffer[] = []
    for await (const chunk of answer) chunks.push(chunk)
    expect(answer.statusCode).toBe(200)
    return Buffer.concat(chunks)
  }
}
