import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Mock, type MockOptions, startMock } from '../../src/mock.ts'
import { Caller, list, text } from './helpers/caller.ts'
import { ids, organization } from './helpers/use-mock.ts'

let folder: string
const running: Mock[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mock-data-'))
})

afterEach(async () => {
  for (const mock of running.splice(0)) await mock.stop()
  await rm(folder, { recursive: true })
})

async function start(options: MockOptions = {}): Promise<{ mock: Mock; user: Caller }> {
  const mock = await startMock({ dataDir: folder, strict: true, ...options })
  running.push(mock)
  return { mock, user: new Caller(mock.url, 'Bearer x') }
}

const upload = (user: Caller, content: BodyInit, name: string) =>
  user.upload(ids.channel, content, { 'x-abeja-meta-filename': name })

async function contentOf(user: Caller, fileId: string): Promise<string> {
  const { json } = await user.get(`/channels/${ids.channel}/${fileId}`)
  const response = await fetch(text(json.download_uri))
  return createHash('sha256')
    .update(Buffer.from(await response.arrayBuffer()))
    .digest('hex')
}

describe('a server with a folder', () => {
  test('has everything again when it starts the next time', async () => {
    const { mock, user } = await start()
    const bytes = randomBytes(300_000)
    const uploaded = text((await upload(user, bytes, 'a.bin')).json.file_id)
    const deleted = text((await upload(user, 'gone', 'b.txt')).json.file_id)
    await user.delete(`/channels/${ids.channel}/${deleted}`)
    await user.uploadForm(`${organization}/buckets/${ids.bucket}/files`, 'new/c.txt', 'c')
    await user.put(`${organization}/channels/4444444444444/datasources/77`)
    const paths = [
      `${organization}/channels`,
      `${organization}/channels/4444444444444/datasources`,
      `${organization}/deployments/${ids.deployment}/triggers/${ids.trigger}/runs`,
    ]
    const before = await Promise.all(paths.map((path) => user.get(path)))
    await mock.stop()
    const again = await start()
    const after = await Promise.all(paths.map((path) => again.user.get(path)))
    expect(after.map(({ text }) => text)).toEqual(before.map(({ text }) => text))
    expect(await contentOf(again.user, uploaded)).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect((await again.user.get(`/channels/${ids.channel}/${deleted}`)).status).toBe(404)
    expect((await again.user.get(`${organization}/buckets/${ids.bucket}/files/new/c.txt`)).status).toBe(200)
  })

  test('keeps no bytes that nobody can ask for', async () => {
    const { mock, user } = await start({ seed: 'empty' })
    const { json } = await user.post(`${organization}/channels`, { name: 'x', description: '', storage_type: 'file' })
    const channel = /"channel_id":"(\d+)"/.exec(JSON.stringify(json))?.[1] ?? ''
    const kept = await user.upload(channel, 'kept')
    const gone = await user.upload(channel, 'gone')
    await user.upload('999', 'to nowhere')
    await user.upload(channel, 'x', { query: '?lifetime=never' })
    await user.delete(`/channels/${channel}/${text(gone.json.file_id)}`)
    await mock.stop()
    const again = await start({ seed: 'empty' })
    expect(await readdir(join(folder, 'blobs'))).toHaveLength(1)
    expect(await readdir(join(folder, 'arriving'))).toEqual([])
    expect((await again.user.get(`/channels/${channel}/${text(kept.json.file_id)}`)).status).toBe(200)
  })

  test('keeps nothing of an upload that broke off, wherever it did', async () => {
    const { mock } = await start({ seed: 'empty' })
    const stored = async () =>
      (await Promise.all(['arriving', 'blobs'].map((name) => readdir(join(folder, name))))).flat()
    const head = `POST ${organization}/buckets/1/files HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n`
    const type = 'Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000\r\n\r\n'
    const file = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nbytes'
    for (const body of ['', file, `${file}\r\n--x\r\nContent-Disposition: form-data; name="parameters"\r\n\r\n{`]) {
      const socket = connect(mock.port, '127.0.0.1')
      socket.write(head + type + body)
      await once(socket, 'ready')
      // The upload has begun as soon as there is something of it.
      if (body !== '') await expect.poll(stored).not.toEqual([])
      socket.destroy()
      await expect.poll(stored).toEqual([])
    }
  })

  test('restores the seed with reset, also after a restart', async () => {
    const { mock, user } = await start()
    await upload(user, 'x', 'new.txt')
    mock.reset()
    await mock.stop()
    const again = await start()
    const files = await again.user.get(`/channels/${ids.channel}`)
    expect(list(files.json.files)).toHaveLength(2)
    const first = await fetch(text(list(files.json.files)[0]?.download_uri))
    expect(await first.text()).toContain('JFIF')
  })

  test('ignores a line that was cut short', async () => {
    const { mock, user } = await start()
    const { json } = await upload(user, 'x', 'whole.txt')
    await mock.stop()
    await appendFile(join(folder, 'journal.jsonl'), '{"sequence":99,"changes":[{"table":"chan')
    const again = await start()
    expect((await again.user.get(`/channels/${ids.channel}/${text(json.file_id)}`)).status).toBe(200)
    await upload(again.user, 'y', 'after.txt')
    await again.mock.stop()
    const third = await start()
    expect((await third.user.get(`/channels/${ids.channel}`)).text).toContain('after.txt')
  })

  test('keeps a second server out, but not after one that was killed', async () => {
    const { mock } = await start()
    await expect(startMock({ dataDir: folder })).rejects.toThrow(`is in use by the process ${process.pid}.`)
    await writeFile(join(folder, 'lock'), String(process.ppid))
    await expect(startMock({ dataDir: folder })).rejects.toThrow(
      `is in use by the process ${process.ppid}. Stop that mock server, or choose another folder.`,
    )
    await mock.stop()
    await writeFile(join(folder, 'lock'), '999999999')
    await start()
  })
})

describe('the folder', () => {
  test('is written for its owner alone', async () => {
    const data = join(folder, 'data')
    const { mock } = await start({ dataDir: data })
    await upload(new Caller(mock.url, 'Bearer x'), randomBytes(100), 'a')
    expect((await stat(data)).mode & 0o777).toBe(0o700)
    const [blob = ''] = await readdir(join(data, 'blobs'))
    for (const name of ['state.json', 'journal.jsonl', 'lock', join('blobs', blob)]) {
      expect((await stat(join(data, name))).mode & 0o777).toBe(0o600)
    }
  })

  test('of version 0.2, which had no format, is read, and of a later format rejected by name', async () => {
    const { mock } = await start()
    await mock.stop()
    const path = join(folder, 'state.json')
    const { format, ...state } = JSON.parse(await readFile(path, 'utf8'))
    expect(format).toBe(1)
    await writeFile(path, JSON.stringify(Object.fromEntries(Object.entries(state).reverse())))
    await (await start()).mock.stop()
    await writeFile(path, JSON.stringify({ format: 2, ...state }))
    await expect(startMock({ dataDir: folder })).rejects.toThrow('has format 2, and this version')
  })
})

describe('a server that is killed', () => {
  test('comes back with everything that it acknowledged', async () => {
    const program = `
      import { startMock } from ${JSON.stringify(resolve('src/mock.ts'))}
      const mock = await startMock({ dataDir: ${JSON.stringify(folder)} })
      console.log(mock.url)
    `
    await writeFile(join(folder, 'server.ts'), program)
    const child = spawn(process.execPath, [resolve('node_modules/jiti/lib/jiti-cli.mjs'), join(folder, 'server.ts')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const user = new Caller(await firstLine(child), 'Bearer x')
    const acknowledged = new Map<string, string>()
    const deleted = new Set<string>()
    const work = Array.from({ length: 8 }, (_, worker) => keepBusy(user, worker, acknowledged, deleted))
    while (acknowledged.size < 120) await new Promise((done) => setTimeout(done, 5))
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGKILL')
    await ended
    await Promise.all(work)
    const again = await start()
    expect(acknowledged.size).toBeGreaterThanOrEqual(120)
    for (const [fileId, hash] of acknowledged) {
      if (!deleted.has(fileId)) expect(await contentOf(again.user, fileId)).toBe(hash)
    }
    expect(await readdir(join(folder, 'arriving'))).toEqual([])
  })
})

/** Uploads, and now and then deletes, until the server is gone. Notes only what was acknowledged. */
async function keepBusy(user: Caller, worker: number, acknowledged: Map<string, string>, deleted: Set<string>) {
  for (let count = 0; ; count++) {
    const bytes = randomBytes(count % 3 === 0 ? 200_000 : 500)
    try {
      const { json } = await upload(user, bytes, `${worker}-${count}`)
      const fileId = text(json.file_id)
      acknowledged.set(fileId, createHash('sha256').update(bytes).digest('hex'))
      if (count % 5 !== 0) continue
      deleted.add(fileId) // whether it is there or not, if the answer never comes, nobody can tell
      await user.delete(`/channels/${ids.channel}/${fileId}`)
    } catch {
      return
    }
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const chunk of child.stdout ?? []) return String(chunk).trim()
  throw new Error('the server did not start')
}
