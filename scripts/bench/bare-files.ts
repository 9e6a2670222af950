// What somebody would write with `fetch` alone.

import { openAsBlob } from 'node:fs'
import { open, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const headers = { authorization: 'Bearer token' }

/** Uploads the files of a folder, so many at once. */
export async function bareUploadFolder(origin: string, dir: string, width: number): Promise<void> {
  const names = await readdir(dir)
  await lanes(names, width, async (name) => {
    const body = await readFile(join(dir, name))
    const own = { ...headers, 'content-type': 'text/plain', 'x-abeja-meta-filename': name }
    const response = await fetch(`${origin}/channels/1/upload`, {
      method: 'POST',
      body,
      headers: own,
      redirect: 'error',
    })
    await response.json()
  })
}

/** Lists a channel and downloads its files, so many at once. */
export async function bareDownloadFolder(origin: string, dir: string, width: number): Promise<void> {
  const files: { file_id: string; download_uri: string }[] = []
  for (let token: string | null = ''; token !== null; ) {
    const query: string = token === '' ? '' : `?next_page_token=${token}`
    const page = await (await fetch(`${origin}/channels/1${query}`, { headers })).json()
    files.push(...page.files)
    token = page.next_page_token
  }
  await lanes(files, width, async ({ file_id, download_uri }) => {
    const response = await fetch(download_uri)
    await writeFile(join(dir, file_id), new Uint8Array(await response.arrayBuffer()))
  })
}

/** Uploads a file, in the one way in which `fetch` does not hold it in memory. */
export async function bareUpload(origin: string, path: string): Promise<void> {
  const body = await openAsBlob(path)
  const response = await fetch(`${origin}/channels/1/upload`, { method: 'POST', body, headers, redirect: 'error' })
  await response.json()
}

/** Downloads a file onto the disk: until it is there for good, as `downloadTo` does. */
export async function bareDownload(origin: string, id: string, path: string): Promise<void> {
  const { download_uri } = await (await fetch(`${origin}/channels/1/${id}`, { headers })).json()
  const response = await fetch(download_uri)
  const file = await open(path, 'w')
  for await (const chunk of response.body ?? []) await file.write(chunk)
  await file.sync()
  await file.close()
}

async function lanes<Item>(items: readonly Item[], width: number, work: (item: Item) => Promise<void>): Promise<void> {
  let next = 0
  const lane = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item)
  }
  await Promise.all(Array.from({ length: width }, lane))
}
