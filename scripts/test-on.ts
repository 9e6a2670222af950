// Runs the tests on another version of Node.js, installed from the registry as a package.
//
//   npm run test:on -- 24.9.0 [arguments of vitest]

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const [version, ...options] = process.argv.slice(2)
if (version === undefined) throw new Error('The first argument must be a version of Node.js, such as 24.9.0.')

const folder = join(root, 'node_modules/.cache', `node-${version}`)
const name = `node-${process.platform}-${process.arch}@${version}`
run('npm', ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', name])
const binary = join(folder, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin')
run(join(binary, 'node'), [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...options], `${binary}:`)

function run(command: string, args: readonly string[], pathPrefix = ''): void {
  const env = { ...process.env, PATH: pathPrefix + process.env.PATH }
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env })
  if (status !== 0) process.exit(status ?? 1)
}
