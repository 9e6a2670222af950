import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAbejaError } from '../../src/index.ts'
import { abejaAt } from '../helpers/abeja.ts'
import { lists } from '../helpers/operation-calls.ts'
import { allOperations } from '../helpers/operations.ts'

const values = [undefined, null, '', 'text', 0, -1, 1e300, true, [], [null], {}, { a: { b: [] } }] as const

/** Every place of a value, as paths of keys. */
function pathsIn(value: unknown, path: readonly string[] = []): string[][] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return [[...path], ...inner.flatMap(([key, item]) => pathsIn(item, [...path, key]))]
}

function mutated(value: unknown, [key, ...rest]: readonly string[], instead: unknown): unknown {
  if (key === undefined) return instead
  const copy: object = Array.isArray(value) ? [...value] : { ...Object(value) }
  Reflect.set(copy, key, mutated(Reflect.get(copy, key), rest, instead))
  return copy
}

/** Up to two places of an example, each with a value of another kind. */
function changesOf(example: unknown) {
  const change = fc.tuple(fc.constantFrom(...pathsIn(example)), fc.constantFrom(...values))
  return fc.array(change, { minLength: 1, maxLength: 2 })
}

function changed(example: unknown, changes: readonly [readonly string[], unknown][]): Response {
  const json = changes.reduce<unknown>((value, [path, instead]) => mutated(value, path, instead), example)
  return new Response(JSON.stringify(json) ?? '', { headers: { 'content-type': 'application/json' } })
}

test.each(allOperations)(
  '$id reads any mutated response, or throws an error of the package',
  async ({ answer, call }) => {
    await fc.assert(
      fc.asyncProperty(changesOf(answer), async (changes) => {
        const fetch = async () => changed(answer, changes)
        const failure = await call(abejaAt('http://127.0.0.1:1', { fetch })).then(
          () => undefined,
          (error: unknown) => error,
        )
        expect(failure === undefined || isAbejaError(failure)).toBe(true)
      }),
      { numRuns: 100, seed: 11 },
    )
  },
)

test.each(Object.entries(lists))(
  '%s reads all pages when any mutated page follows, or throws an error of the package',
  async (id, { list, more }) => {
    const example = allOperations.find((operation) => operation.id === id)?.answer
    const first = { ...Object(example), ...more }
    await fc.assert(
      fc.asyncProperty(changesOf(first), async (changes) => {
        let pages = 0
        const fetch = async () => (pages++ === 0 ? Response.json(first) : changed(first, changes))
        const abeja = abejaAt('http://127.0.0.1:1', { fetch })
        const complete = await list(abeja)
          .toArray()
          .then(
            () => true,
            (error: unknown) => isAbejaError(error),
          )
        expect([complete, pages > 1]).toEqual([true, more !== undefined])
      }),
      { numRuns: 100, seed: 11 },
    )
  },
  60_000,
)
