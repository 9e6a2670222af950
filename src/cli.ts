#!/usr/bin/env node
// Old versions of Node.js have to read this file: it uses no newer syntax, and imports nothing before the check.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major > 20 || (major === 20 && minor >= 19)) {
  import('./cli/program.ts')
    .then(({ runCommandLine }) => runCommandLine(process.argv.slice(2)))
    .then((code) => {
      process.exitCode = code
    })
} else {
  process.stderr.write(`abeja-platform-client needs Node.js 20.19 or newer (this is ${process.versions.node}).\n`)
  process.exitCode = 3
}
