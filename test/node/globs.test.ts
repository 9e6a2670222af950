import { describe, expect, test } from 'vitest'
import { globFilter } from '../../src/cli/globs.ts'
import { InvalidRequestError } from '../../src/index.ts'
import { errorOf } from '../helpers/abeja.ts'

async function isTaken(path: string, include: string, exclude: readonly string[] = []): Promise<boolean> {
  const filter = await globFilter({ include: [include], exclude })
  if (!filter) throw new Error('no filter')
  return filter(path)
}

test.each([
  ['*.csv', 'a.csv', true],
  ['*.csv', 'sub/.hidden.csv', true],
  ['*.csv', 'a.csv.bak', false],
  ['sub/*', 'sub/a', true],
  ['sub/*', 'sub/deep/a', false],
  ['sub/**', 'sub/deep/a', true],
  ['**/a', 'a', true],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['a/**/b', 'ab', false],
  ['**', 'any/path', true],
  ['?.txt', 'a.txt', true],
  ['?.txt', '日.txt', true],
  ['?.txt', 'ab.txt', false],
  ['[a-c].txt', 'b.txt', true],
  ['[!a-c].txt', 'b.txt', false],
  ['*.{csv,t{xt,sv}}', 'a.tsv', true],
  ['*.{csv,txt}', 'a.md', false],
  ['a{b', 'a{b', true],
  ['a[b', 'a[b', true],
  ['a,b', 'a,b', true],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'axb', false],
  ['(a+b).txt', '(a+b).txt', true],
  ['!*.csv', 'a.csv', false],
  ['!*.csv', 'a.txt', true],
  ['a*', 'a\nb', true],
])('%j takes %j: %s', async (pattern, path, taken) => {
  expect(await isTaken(path, pattern)).toBe(taken)
})

test('compares names in one Unicode normal form', async () => {
  const [composed, decomposed] = ['がぎ.txt'.normalize('NFC'), 'がぎ.txt'.normalize('NFD')]
  expect(await isTaken(decomposed, composed)).toBe(true)
  expect(await isTaken(composed, decomposed)).toBe(true)
  expect(await isTaken(composed, '*', [decomposed])).toBe(false)
})

test('leaves out all that is below an excluded directory', async () => {
  expect(await isTaken('drafts/deep/a.csv', '*.csv', ['drafts'])).toBe(false)
})

describe('takes linear time', () => {
  test.each([
    ['*-*-*-*.csv', '-'],
    ['*a*a*a*a*a*a*b', 'a'],
    ['**/*a*/**/*a*/**/b', 'a/'],
    ['{a,aa}{a,aa}{a,aa}{a,aa}b', 'a'],
    ['{*a,*a}{*a,*a}{*a,*a}{*a,*a}b', 'a'],
    ['[a-z]*[a-z]*[a-z]*[a-z]*[0-9]', 'z'],
    ['?*?*?*?*?*?*x', 'y'],
  ])('for %j and a name of many %j', async (pattern, piece) => {
    const filter = await globFilter({ include: [pattern] })
    const name = piece.repeat(4000)
    const started = performance.now()
    expect(filter?.(`${name}!`)).toBe(false)
    // Backtracking takes hours for these.
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

test('rejects a pattern that cannot be understood', async () => {
  expect(await errorOf(globFilter({ include: ['[z-a]'] }))).toBeInstanceOf(InvalidRequestError)
})
