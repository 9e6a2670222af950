import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { AbejaClient } from '../../src/index.ts'
import { type Mock, startMock } from '../../src/mock.ts'

/** A channel of a mock server that counts the files that it stores. */
export interface CountedUploads {
  readonly mock: Mock
  readonly abeja: AbejaClient
  readonly channel: string
  /** The environment of a program that uses it. */
  readonly environment: Readonly<Record<string, string>>
  /** Returns the metadata `filename` of all stored files, sorted. */
  names(): Promise<string[]>
}

/**
 * Starts the server. It is stopped when the test ends.
 * @param onStored called with the number of files that are stored
 */
export async function countedUploads(onStored: (count: number) => void): Promise<CountedUploads> {
  let stored = 0
  const mock = await startMock({
    seed: 'empty',
    onRequest: ({ operationId, status }) => {
      if (operationId === 'postChannelFileUpload' && status === 200) onStored(++stored)
    },
  })
  onTestFinished(() => mock.stop())
  const abeja = new AbejaClient({ baseUrl: mock.url, organizationId: '1', credential: { authToken: 'token' } })
  const { channel_id: channel } = await abeja.channels.create({ name: 'c', description: '', storage_type: 'datalake' })
  const environment = {
    ...{ PATH: process.env.PATH ?? '', HOME: '/nonexistent' },
    ...{ ABEJA_API_URL: mock.url, ABEJA_ORGANIZATION_ID: '1', PLATFORM_AUTH_TOKEN: 'token' },
  }
  const names = async () => {
    const files = await abeja.channels.files.list(channel, { items_per_page: 1000 }).toArray({ limit: 1_000_000 })
    return files.map(({ metadata }) => metadata.filename ?? '').sort()
  }
  return { mock, abeja, channel, environment, names }
}

/** Makes a directory with small files, in directories of 1000. It is removed when the test ends. */
export async function directoryOf(count: number): Promise<{ readonly directory: string; readonly paths: string[] }> {
  const directory = await mkdtemp(join(tmpdir(), 'parts-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const paths = Array.from({ length: count }, (_, index) => `d${Math.floor(index / 1000)}/f${index}`)
  for (const [index, path] of paths.entries()) {
    if (index % 1000 === 0) await mkdir(join(directory, `d${index / 1000}`))
    await writeFile(join(directory, path), `the content of ${path}`)
  }
  return { directory, paths: paths.sort() }
}
