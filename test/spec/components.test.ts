import { expect, test } from 'vitest'
import { componentNames } from './description.ts'

test('no two components share a name, of whichever kind they are: some generators make a type of each', () => {
  const twice = componentNames.filter((name, index) => componentNames.indexOf(name) !== index)
  expect(twice).toEqual([])
  expect(componentNames.length).toBeGreaterThan(50)
})
