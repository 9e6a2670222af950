import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { description } from '../description.ts'
import { html } from './html.ts'

/** What the build of the package calls the reference. It puts it beside the module that this becomes a part of. */
const builtName = './reference.html.gz'

/** All that the page would fetch from elsewhere. */
const remoteLogos = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g

let reference: Promise<string> | undefined

/**
 * The API reference: one page of Redoc with everything in it. The package brings it along, packed; in this repository
 * it is built when somebody first looks at it, which takes a second.
 */
export function readReference(): Promise<string> {
  reference ??= readBuilt()
    .catch(buildReference)
    .catch((error: Error) => {
      reference = undefined
      return apology(error)
    })
  return reference
}

/** Builds the reference with the Redocly CLI. */
export async function buildReference(): Promise<string> {
  const cli = join(dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')), 'bin/cli.js')
  const folder = await mkdtemp(join(tmpdir(), 'reference-'))
  try {
    const [source, page] = [join(folder, 'openapi.json'), join(folder, 'reference.html')]
    await writeFile(source, JSON.stringify(description))
    const options = ['--inlineBundle', '--openapi.showExtensions', '--output', page]
    await promisify(execFile)(process.execPath, [cli, 'build-docs', source, ...options], {
      cwd: folder,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    })
    return (await readFile(page, 'utf8')).replaceAll(remoteLogos, 'data:,')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function readBuilt(): Promise<string> {
  const page = await promisify(gunzip)(await readFile(fileURLToPath(new URL(builtName, import.meta.url))))
  return page.toString('utf8')
}

function apology(error: Error): string {
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API reference</title>
<h1>API reference</h1>
<p>The reference is not built here. <code>npm install --save-dev @redocly/cli</code> lets the mock server build it.
The description itself is at <a href="/_docs/openapi.json">/_docs/openapi.json</a>.</p>
<pre>${error.message}</pre>
</html>
`.text
}
