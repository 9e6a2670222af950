// Measures the client as it is published, against what it stands on.
//
//   npm run bench -- calls    the cost of one call beside bare fetch and openapi-fetch alone
//   npm run bench -- files    folders and large files beside bare fetch; a number after it is the size in MiB
//   npm run bench             what can be measured

import { benchCalls } from './bench/calls.ts'
import { benchFiles } from './bench/files.ts'

const benches: Readonly<Record<string, () => Promise<void>>> = { calls: benchCalls, files: benchFiles }

const bench = benches[process.argv[2] ?? '']
if (bench) {
  await bench()
} else {
  process.stdout.write(`npm run bench -- ${Object.keys(benches).join(' | ')}\n`)
  process.exitCode = process.argv[2] === undefined ? 0 : 1
}
