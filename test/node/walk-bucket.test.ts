import { expect, test } from 'vitest'
import type { BucketEntry } from '../../src/index.ts'
import { walkBucket } from '../../src/resources/walk-bucket.ts'

const FILES = ['a', 'b/c', 'b/d/e', 'b/d/f', 'g h/日本', 'z']

const entry = (location: string, is_file: boolean): BucketEntry => ({
  ...{ file_id: `/${location}`, is_file, metadata: {}, system_metadata: {} },
})

/** What stands directly in a directory. */
async function* flat(directory: string): AsyncGenerator<BucketEntry> {
  const below = directory === '/' ? '' : `${directory.slice(1)}/`
  const inside = FILES.filter((path) => path.startsWith(below)).map((path) => path.slice(below.length).split('/'))
  for (const name of new Set(inside.map(([first = '']) => first))) {
    yield entry(
      below + name,
      inside.some((parts) => parts.length === 1 && parts[0] === name),
    )
  }
}

/** Everything below a directory: the directories too, with a slash at their end, and the directory itself. */
async function* deep(directory: string): AsyncGenerator<BucketEntry> {
  const below = directory === '/' ? '' : `${directory.slice(1)}/`
  yield entry(below, false)
  for (const path of FILES.filter((location) => location.startsWith(below))) {
    const slash = path.lastIndexOf('/') + 1
    if (slash > below.length) yield entry(path.slice(0, slash), false)
    yield entry(path, true)
  }
}

test.each([
  ['stay in their directory', flat],
  ['go down by themselves', deep],
])('every file is told once by lists that %s', async (_, list) => {
  const walked = async (root: string) => {
    const paths: string[] = []
    for await (const { file_id } of walkBucket(list, root)) paths.push(file_id.slice(1))
    return paths.sort()
  }
  expect(await walked('')).toEqual(FILES)
  expect(await walked('b')).toEqual(['b/c', 'b/d/e', 'b/d/f'])
})

test('a directory is asked for only when the files before it were taken', async () => {
  const asked: string[] = []
  const list = (directory: string) => {
    asked.push(directory)
    return flat(directory)
  }
  for await (const { file_id } of walkBucket(list, '')) if (file_id === '/z') break
  expect(asked).toEqual(['/'])
})
