import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js')

/** One fault for each habit that the lint has to keep up, each in a file of its own. */
const faults = [
  ['rule/operation-idempotent', 'paths/channels/archive.yaml', '  x-idempotent: true\n', ''],
  ['rule/operation-idempotent', 'paths/channels/unarchive.yaml', 'x-idempotent: true', 'x-idempotent: sometimes'],
  ['rule/operation-documented-method', 'paths/buckets/archive.yaml', '  x-documented-method: archive_bucket\n', ''],
  ['rule/operation-common-responses', 'paths/buckets/unarchive.yaml', '"403"', '"418"'],
  ['no-invalid-media-type-examples', 'paths/buckets/bucket.yaml', 'bucket_id:', 'bucketid:'],
  ['operation-tag-defined', 'paths/channel-files/lifetime.yaml', '- Channel files', '- Chanel files'],
  ['parameter-description', 'components/parameters.yaml', '  description: The id of the trigger.\n', ''],
  ['scalar-property-missing-example', 'components/schemas/trigger-runs.yaml', '      example: SUCCEEDED\n', ''],
  ['no-path-trailing-slash', 'openapi.yaml', '{trigger_id}/runs:', '{trigger_id}/runs/:'],
] as const

let copy: string

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'lint-'))
  cpSync(join(root, 'spec'), join(copy, 'spec'), { recursive: true })
  cpSync(join(root, 'redocly.yaml'), join(copy, 'redocly.yaml'))
})
afterAll(() => rmSync(copy, { recursive: true }))

function lint() {
  const run = spawnSync(process.execPath, [cli, 'lint', 'spec/openapi.yaml', '--format=json'], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  })
  const report: { problems: { ruleId: string; severity: string; location: { source: { ref: string } }[] }[] } =
    JSON.parse(run.stdout)
  return { status: run.status, problems: report.problems }
}

test('the lint is silent about the description and finds every seeded fault', { timeout: 90_000 }, () => {
  expect(lint()).toEqual({ status: 0, problems: [] })

  for (const [, file, before, after] of faults) {
    const path = join(copy, 'spec', file)
    const text = readFileSync(path, 'utf8')
    expect(text, `${file} holds what is to be broken`).toContain(before)
    writeFileSync(path, text.replace(before, after))
  }
  const { status, problems } = lint()
  expect(status).toBe(1)
  const found = problems.map(({ ruleId, location }) => `${ruleId} ${location[0]?.source.ref}`)
  expect(found).toEqual(expect.arrayContaining(faults.map(([rule, file]) => `${rule} spec/${file}`)))
})
