import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { AbejaClient } from '../../src/index.ts'
import { observedClient } from './observed-client.ts'

interface Parameter {
  readonly in: string
  readonly name: string
}

interface Operation {
  readonly operationId: string
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[]
}

const description: {
  paths: Record<string, Record<string, Operation>>
  components: { parameters: Record<string, Parameter> }
} = JSON.parse(readFileSync(new URL('../../generated/openapi.json', import.meta.url), 'utf8'))

const last = { headers: { prefer: 'example=last' } }
const image = { content_type: 'image/jpeg' }

// A token stands for all the other parameters of its list, and goes alone.
// biome-ignore format: one line a call
const calls: readonly ((abeja: AbejaClient) => Promise<unknown>)[] = [
  (abeja) => abeja.channels.list({ limit: 0, offset: 0, filter_archived: 'exclude_archived' }, last).toArray(),
  (abeja) => abeja.buckets.list({ limit: 50, offset: 50 }, last).toArray(),
  (abeja) => abeja.channels.files.list('1', { start: '20240101', end: '2024-01-02T00:00:00+09:00', timezone: 'Asia/Tokyo', items_per_page: 10, sort: ['-uploaded_at'], q: 'x-abeja-meta-label:cat' }, last).toArray(),
  (abeja) => abeja.channels.files.list('1', { next_page_token: 'a/b+c=' }, last).toArray(),
  (abeja) => abeja.channels.files.upload('1230000000000', 'x', { ...image, lifetime: '6months', conflict_target: 'filename' }),
  (abeja) => abeja.buckets.files.list('1', { target_dir: '/猫/', items_per_page: 10, last_file_id: '/a', q: 'size > `1`' }, last).toArray(),
  (abeja) => abeja.buckets.files.list('1', { start_after: '/a' }, last).toArray(),
  (abeja) => abeja.triggers.runs.list('1', 'tri-1', { scan_forward: true }, last).toArray(),
  (abeja) => abeja.triggers.runs.list('1', 'tri-1', { next_page_token: 'a/b+c=' }, last).toArray(),
]

test('every parameter of every query is sent as the description says', async () => {
  const { abeja, exchanges } = observedClient()
  for (const call of calls) await call(abeja)
  expect(exchanges.filter(({ status, violations }) => status !== 200 || violations !== null)).toEqual([])
  const sent = exchanges.flatMap(({ operationId, url }) =>
    [...new URL(url).searchParams.keys()].map((name) => `${operationId} ${name}`),
  )
  expect([...new Set(sent)].sort()).toEqual(documentedQueries().sort())
})

function documentedQueries(): string[] {
  return Object.values(description.paths).flatMap((item) =>
    Object.values(item).flatMap(({ operationId, parameters = [] }) =>
      parameters
        .map((parameter) => ('$ref' in parameter ? followed(parameter.$ref) : parameter))
        .filter((parameter) => parameter?.in === 'query')
        .map((parameter) => `${operationId} ${parameter?.name}`),
    ),
  )
}

function followed(reference: string): Parameter | undefined {
  return description.components.parameters[reference.split('/').at(-1) ?? '']
}
