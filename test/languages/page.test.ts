import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPage } from './page.ts'

const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(
  readFileSync(new URL('generators/package.json', import.meta.url), 'utf8'),
)

test('The page names the generators in the versions that are tested', () => {
  const tested = Object.entries(dependencies).map(([name, version]) => `${name}@${version}`)

  for (const { packages } of readPage().commands) expect(tested).toEqual(expect.arrayContaining([...packages]))
})
