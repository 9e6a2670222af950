import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAbejaError } from '../../src/index.ts'
import { abejaAt } from '../helpers/abeja.ts'
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

test.each(allOperations)(
  '$id reads any mutated response, or throws an error of the package',
  async ({ answer, call }) => {
    const changes = fc.array(fc.tuple(fc.constantFrom(...pathsIn(answer)), fc.constantFrom(...values)), {
      minLength: 1,
      maxLength: 2,
    })
    await fc.assert(
      fc.asyncProperty(changes, async (made) => {
        const json = made.reduce<unknown>((value, [path, instead]) => mutated(value, path, instead), answer)
        const fetch = async () =>
          new Response(JSON.stringify(json) ?? '', { headers: { 'content-type': 'application/json' } })
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
