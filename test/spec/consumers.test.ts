import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { componentNames } from './description.ts'

// What generators, validators and interactive documentation fail at, and no lint rule finds.

interface Node {
  readonly [key: string]: unknown
}

const description: Node = JSON.parse(readFileSync(new URL('../../generated/openapi.json', import.meta.url), 'utf8'))

/** Every object of the description, with the path to it. */
function nodesOf(value: unknown, path = '#'): [string, Node][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => nodesOf(item, `${path}/${index}`))
  if (!isNode(value)) return []
  return [[path, value], ...Object.entries(value).flatMap(([key, child]) => nodesOf(child, `${path}/${key}`))]
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const nodes = nodesOf(description)
const operations = nodes.filter(([, { operationId }]) => typeof operationId === 'string')
const queryParameters = nodes.filter(([, node]) => node.in === 'query')

/** The paths of the nodes for which `isFault` is true. */
function faults(isFault: (node: Node, path: string) => boolean): string[] {
  return nodes.filter(([path, node]) => isFault(node, path)).map(([path]) => path)
}

test('no two components share a name, in any case', () => {
  const names = componentNames.map((name) => name.toLowerCase())
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  expect(names.length).toBeGreaterThan(50)
})

test('no component has the name of a type in Go, C#, Java, Kotlin, Rust or Swift, or in their HTTP libraries', () => {
  const taken = [
    'Error',
    'ContentType',
    'File',
    'String',
    'Date',
    'Object',
    'Response',
    'Request',
    'Task',
    'Thread',
    'Type',
  ]
  expect(componentNames.filter((name) => taken.includes(name))).toEqual([])
})

test('no enum has a single value', () => {
  expect(faults((node) => Array.isArray(node.enum) && node.enum.length < 2)).toEqual([])
})

test('no query parameter is an array: generators disagree about explode', () => {
  expect(queryParameters.filter(([, { schema }]) => isNode(schema) && schema.type === 'array')).toEqual([])
})

test('every body of bytes can be sent as application/octet-stream', () => {
  const missing = faults((node) => isNode(node['*/*']) && !isNode(node['application/octet-stream']))
  expect(missing).toEqual([])
  expect(faults((node) => isNode(node['application/octet-stream']))).toHaveLength(2)
})

test('no cursor and no conflict target has an example or a default, which interactive documentation would send', () => {
  const named = ['next_page_token', 'last_file_id', 'start_after', 'conflict_target']
  const sent = queryParameters.filter(
    ([, { name, example, examples, schema }]) =>
      named.includes(`${name}`) &&
      (example !== undefined || examples !== undefined || (isNode(schema) && 'default' in schema)),
  )
  expect(sent).toEqual([])
  expect(queryParameters.filter(([, { name }]) => named.includes(`${name}`)).length).toBeGreaterThan(4)
})

test('integers that are ids are int64', () => {
  const narrow = faults(
    ({ type, format, description: text }) =>
      type === 'integer' && format !== 'int64' && typeof text === 'string' && /^The (id|size)\b/.test(text),
  )
  expect(narrow).toEqual([])
})

test('an operation that fails with an undocumented status has a typed error', () => {
  expect(operations.filter(([, { responses }]) => !isNode(responses) || !('default' in responses))).toEqual([])
})

describe.each(operations.map(([, operation]) => operation))('$operationId', ({ description: text, summary }) => {
  test('has a description that begins with a verb and does not need the summary', () => {
    expect(text).toMatch(
      /^(Archives|Connects|Creates|Deletes|Disconnects|Gets|Lists|Reserves|Reverses|Sets|Updates|Uploads) /,
    )
    expect(text).not.toBe(summary)
  })
})
