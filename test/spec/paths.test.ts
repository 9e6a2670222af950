import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { answerOf, described } from './description.ts'

const spec = fileURLToPath(new URL('../../spec', import.meta.url))

// The lint passes by both: a file that nothing refers to, and an answer without an example.

test('every file of a path stands in the index', () => {
  const index = readFileSync(join(spec, 'openapi.yaml'), 'utf8')
  const files = readdirSync(join(spec, 'paths'), { recursive: true, encoding: 'utf8' })
  const missing = files.filter((file) => file.endsWith('.yaml') && !index.includes(`$ref: paths/${file}\n`))
  expect(missing, 'add a line to the paths of spec/openapi.yaml').toEqual([])
})

test.each(described)('$id has an example of its success', ({ operation }) => {
  expect(answerOf(operation, 200).examples.size).toBeGreaterThan(0)
})
