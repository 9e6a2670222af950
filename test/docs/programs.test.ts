import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { documentedMethods } from '../../generated/documented-methods.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { pages, programsOf } from '../helpers/markdown-programs.ts'
import { operationMethods } from '../types/operation-methods.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const programs = pages().flatMap(programsOf)

test('every npm script that a page names exists', () => {
  const named = programs.flatMap(({ code }) => [...code.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? ''))
  expect(named.filter((name) => !(name in packageJson.scripts))).toEqual([])
})

test('the migration guide maps each documented method to its counterpart', () => {
  const methods: Readonly<Record<string, string>> = operationMethods
  const expected = Object.entries(documentedMethods).flatMap(([id, names]) =>
    names.map((name) => [name, name === 'upload_bucket_files' ? 'uploadDirectory' : methods[id]]),
  )
  const guide = readFileSync(join(ROOT, 'docs/migrating-from-python.md'), 'utf8')
  const [, map = ''] = guide.split('\n## ', 2)
  const rows = [...map.matchAll(/^\| `(\w+)` +\| `([\w.]+)`/gm)].map(([, name, method]) => [name, method])
  expect(rows.toSorted()).toEqual(expected.toSorted())
})
