import { compile, type JSONValue, TreeInterpreter } from '@jmespath-community/jmespath'
import type { Schemas } from '../description.ts'

type Entry = Schemas['BucketEntry']

/**
 * The entries that a JMESPath expression picks. An expression about one file (`contains(file_id, 'ddd')`) is asked of
 * each; one about the list (`[?size > `10`]`, `files[?is_file]`) of all of them, and what it answers has to be entries.
 * An entry that it cannot be asked of, such as a folder without a size, does not match. Throws where the expression
 * itself is at fault.
 */
export function pickEntries(entries: readonly Entry[], q: string): Entry[] {
  const expression = compile(q)
  const search = (data: JSONValue) => TreeInterpreter.search(expression, data)
  if (!/^\s*(?:\[|files\s*\[|@\s*\[)/.test(q)) {
    return entries.filter((entry) => isTrue(orNone(() => search(jsonOf(entry)))))
  }
  const inList = (some: readonly Entry[]) => {
    const list = some.map(jsonOf)
    const found = search(/^\s*files/.test(q) ? { files: list } : list)
    return new Set(Array.isArray(found) ? found.map(idOf) : [])
  }
  // One entry spoils a list for JMESPath. Then each is asked by itself.
  const ids = orNone(() => inList(entries))
  return entries.filter((entry) => (ids ?? orNone(() => inList([entry])))?.has(entry.file_id))
}

/** What `search` finds, or nothing if the data are not what a function in the expression takes. */
function orNone<Found>(search: () => Found): Found | null {
  try {
    return search()
  } catch (error) {
    if (error instanceof Error && /^invalid[ -](?:type|value)/i.test(error.message)) return null
    throw error
  }
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
