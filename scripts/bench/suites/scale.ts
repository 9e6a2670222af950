import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AbejaClient, ChannelStore } from '../../../src/index.ts'
import { downloadDirectory, uploadDirectory } from '../../../src/node.ts'
import { CLIENT, clientAt } from '../clients.ts'
import { CHANNEL, type Row } from '../row.ts'

const SIZE = 64
/** The files of one directory on disk. */
const DIRECTORY = 1_000

interface Scale {
  readonly abeja: AbejaClient
  readonly place: ChannelStore
  readonly folder: string
  readonly count: number
}

type Work = () => Promise<unknown>

/** What is done with more and more files. Each prepares itself, and returns what is measured. */
const works: Readonly<Record<string, (scale: Scale) => Promise<Work>>> = {
  list:
    async ({ abeja }) =>
    async () => {
      for await (const { file_id } of abeja.channels.files.list(CHANNEL, { items_per_page: 1000 })) file_id.at(0)
    },
  upload: async ({ place, folder, count }) => {
    await fill(folder, count)
    return () => uploadDirectory(place, folder)
  },
  download:
    async ({ place, folder }) =>
    () =>
      downloadDirectory(place, folder),
  'skip unchanged': async ({ place, folder }) => {
    await downloadDirectory(place, folder)
    return () => downloadDirectory(place, folder, { skipUnchanged: true })
  },
  'resume from a journal': async ({ place, folder, count }) => {
    const [source, journal] = [join(folder, 'files'), join(folder, 'journal')]
    await fill(source, count)
    await uploadDirectory(place, source, { journal })
    return () => uploadDirectory(place, source, { journal })
  },
}

async function fill(folder: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const directory = join(folder, `${Math.floor(index / DIRECTORY)}`)
    if (index % DIRECTORY === 0) await mkdir(directory, { recursive: true })
    await writeFile(join(directory, `${index}.txt`), `${index}`)
  }
}

export const scaleRows: readonly Row[] = Object.entries(works).flatMap(([name, prepare]) =>
  [1_000, 10_000, 100_000].map(
    (count): Row => ({
      name: `${name}, ${count.toLocaleString('en')} files`,
      platform: { files: count, size: SIZE, latency: 0 },
      contenders: {
        [CLIENT]: ({ origin, folder }) => {
          const abeja = clientAt(origin)
          return prepare({ abeja, place: abeja.channels.files.in(CHANNEL), folder, count })
        },
      },
      ...{ warmUps: 0, times: 1, clock: 'wall', files: count },
      goals: [],
    }),
  ),
)
