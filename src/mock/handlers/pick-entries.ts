import { compile, type JSONValue, TreeInterpreter } from '@jmespath-community/jmespath'
import type { Schemas } from '../description.ts'

type Entry = Schemas['BucketEntry']

/**
 * The entries that a JMESPath expression picks. An expression about one file (`contains(file_id, 'ddd')`) is asked of
 * each; one about the list (`[?size > `10`]`, `files[?is_file]`) of all of them, and what it answers has to be entries.
 */
export function pickEntries(entries: readonly Entry[], q: string): Entry[] {
  const expression = compile(q)
  const search = (data: JSONValue) => TreeInterpreter.search(expression, data)
  if (!/^\s*(?:\[|files\s*\[|@\s*\[)/.test(q)) return entries.filter((entry) => isTrue(search(jsonOf(entry))))
  const list = entries.map(jsonOf)
  const found = search(/^\s*files/.test(q) ? { files: list } : list)
  const ids = new Set(Array.isArray(found) ? found.map(idOf) : [])
  return entries.filter((entry) => ids.has(entry.file_id))
}

function jsonOf(entry: Entry): { [name: string]: JSONValue } {
  return JSON.parse(JSON.stringify(entry))
}

function idOf(value: JSONValue): JSONValue {
  return typeof value === 'object' && value !== null && 'file_id' in value ? (value.file_id ?? null) : null
}

/** As JMESPath has it: empty things are false, `0` is not. */
function isTrue(value: JSONValue): boolean {
  if (value === null || value === false || value === '') return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}
