import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js')

/**
 * The description as users of the last release have it. Each release brings it up to date, and nothing else does:
 * `cp generated/openapi.yaml test/spec/last-release.yaml`
 */
const lastRelease = join(root, 'test/spec/last-release.yaml')
const current = join(root, 'generated/openapi.yaml')

interface Report {
  readonly infoVersions: { readonly base: string; readonly revision: string }
  readonly changes: readonly {
    readonly path: string
    readonly impact: string
    readonly verdicts: readonly { readonly message: string }[]
  }[]
}

/** What makes programs fail that were written for `base`, in words; and the two versions. */
function compare(base: string, revision: string): { breaking: string[]; versions: Report['infoVersions'] } {
  const run = spawnSync(process.execPath, [cli, 'diff', base, revision, '--format=json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  })
  const report: Report = JSON.parse(run.stdout)
  const breaking = report.changes.filter(({ impact }) => impact === 'major')
  return {
    breaking: breaking.map(({ path, verdicts }) => `${path}: ${verdicts.map(({ message }) => message).join(' ')}`),
    versions: report.infoVersions,
  }
}

/** Whether users of one version must expect the other to break their programs. Before 1.0.0 the second number says so. */
function announcesBreakage({ base, revision }: Report['infoVersions']): boolean {
  const [major = 0, minor = 0] = base.split('.').map(Number)
  const [newMajor = 0, newMinor = 0] = revision.split('.').map(Number)
  return newMajor > major || (major === 0 && newMajor === 0 && newMinor > minor)
}

/** Whether a change that waits for the next release raises the second number of the version, or the first. */
function isBreakagePending(): boolean {
  const folder = join(root, '.changeset')
  const changes = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md')
  return changes.some((name) =>
    /^"abeja-platform-client": (minor|major)$/m.test(readFileSync(join(folder, name), 'utf8')),
  )
}

test('programs for the last release keep working, or the version or a pending changeset says that they may not', () => {
  const { breaking, versions } = compare(lastRelease, current)

  if (!announcesBreakage(versions) && !isBreakagePending()) expect(breaking).toEqual([])
})

test('the version announces breakage in its first number, and before 1.0.0 in its second', () => {
  const announced = ['0.2.0', '1.0.0', '0.1.1', '0.1.0'].filter((revision) =>
    announcesBreakage({ base: '0.1.0', revision }),
  )

  expect(announced).toEqual(['0.2.0', '1.0.0'])
  expect(announcesBreakage({ base: '1.2.3', revision: '1.3.0' })).toBe(false)
  expect(announcesBreakage({ base: '1.2.3', revision: '2.0.0' })).toBe(true)
})

/** A change of the description: its name, what it replaces, and the replacement. */
type Change = readonly [string, string | RegExp, string]

const breaking: readonly Change[] = [
  ['a parameter is renamed', '- name: filter_archived', '- name: archived'],
  ['a path is gone', /^ {2}\/channels\/\{channel_id\}\/\{file_id\}\/lifetime:\n( {3,}.*\n)+/m, ''],
  ['a method is gone', /^ {4}delete:\n {6}operationId: deleteChannelFile\n( {5,}.*\n)+/m, ''],
  [
    'an optional parameter is required',
    '- name: conflict_target\n',
    '- name: conflict_target\n          required: true\n',
  ],
  ['a value cannot be sent any more', '        - exclude_archived\n', ''],
  ['a property of a response is renamed', /^( +)upload_url:\n/m, '$1upload_uri:\n'],
  ['a number is a text', /(items_per_page\n(?:.*\n){2,4}?\s+type: )integer/, '$1string'],
]
const harmless: readonly Change[] = [
  ['a text is better', 'title: ABEJA Platform', 'title: The ABEJA Platform'],
  [
    'a parameter is new',
    '- name: conflict_target\n',
    '- name: new\n          in: query\n          schema:\n            type: string\n        - name: conflict_target\n',
  ],
]

/** The breaking changes that are reported for the description with all of `changes`. */
function breakingWith(changes: readonly Change[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'breaking-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const changed = changes.reduce(
    (text, [name, before, after]) => {
      const next = text.replace(before, after)
      expect(next, name).not.toBe(text)
      return next
    },
    readFileSync(current, 'utf8'),
  )
  writeFileSync(join(folder, 'changed.yaml'), changed)
  return compare(current, join(folder, 'changed.yaml')).breaking
}

test('finds every seeded breakage', { timeout: 90_000 }, () => {
  const found = breakingWith(breaking).join('\n')
  const places = [
    /`filter_archived` query parameter was renamed/,
    /Path .*\/lifetime` was removed/,
    /Operation `DELETE .*` was removed/,
    /`conflict_target` query parameter became required/,
    /lost values: 'exclude_archived'/,
    /Property `upload_url` .* was renamed/,
    /'integer' to 'string'/,
  ]
  expect(
    places.filter((place) => !place.test(found)),
    found,
  ).toEqual([])
})

test('finds no breakage in a better text and a new optional parameter', { timeout: 90_000 }, () => {
  expect(breakingWith(harmless)).toEqual([])
})
