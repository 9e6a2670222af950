import { badQuery } from '../api/http-error.ts'
import { keyOf, metadataPrefix, metadataValue } from '../metadata.ts'
import type { ChannelFile } from '../store/rows.ts'
import type { Order } from '../store/sorted-rows.ts'

/** More of them would make each comparison of two files costly. */
const mostColumns = 10

/** The order that the words of `sort` name. A hyphen in front of a word reverses it. Files of the same values are ordered by their ids. */
export function orderOf(words: readonly string[] = ['uploaded_at']): Order<ChannelFile> & { words: readonly string[] } {
  if (words.length > mostColumns) throw badQuery('sort', `must not have more than ${mostColumns} keys`)
  const columns = words.map((word) => ({
    value: columnOf(word.replace(/^-/, '')),
    sign: word.startsWith('-') ? -1 : 1,
  }))
  return {
    words,
    id: JSON.stringify(words),
    keyOf: (file) => [...columns.map(({ value }) => value(file)), file.file_id],
    compare: (a, b) => {
      for (const [index, { sign }] of columns.entries()) {
        const order = compare(a[index], b[index])
        if (order !== 0) return sign * order
      }
      // Files that arrived in the same moment keep the direction of the first word.
      return (columns[0]?.sign ?? 1) * compare(a.at(-1), b.at(-1))
    },
  }
}

function columnOf(name: string): (file: ChannelFile) => string | number {
  if (name === 'uploaded_at') return (file) => file.uploaded_at
  if (name === 'file_id') return (file) => file.file_id
  if (name === 'content_type') return (file) => file.content_type
  if (name.toLowerCase().startsWith(metadataPrefix)) {
    const key = keyOf(name)
    return (file) => metadataValue(file.metadata, key) ?? ''
  }
  throw badQuery('sort', `"${name}" is not uploaded_at, file_id, content_type or x-abeja-meta-<key>`)
}

/** The order of files by the value of a metadata key: first those that have none. */
export function metadataOrder(key: string): Order<ChannelFile> {
  return {
    id: `metadata ${key}`,
    keyOf: ({ metadata, file_id }) => {
      const value = metadataValue(metadata, key)
      return value === undefined ? [0, '', file_id] : [1, value, file_id]
    },
    compare: (a, b) => compare(a[0], b[0]) || compare(a[1], b[1]) || compare(a[2], b[2]),
  }
}

/** Compares code units and numbers, as `<` does. */
export function compare(a: string | number | undefined, b: string | number | undefined): number {
  if (a === undefined || b === undefined || a === b) return 0
  return a < b ? -1 : 1
}
