import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import typedocOptions from '../../typedoc.json' with { type: 'json' }

const ROOT = resolve(import.meta.dirname, '../..')

/** Redoc loads its logo from its own host, also when everything else is inlined. */
const LOGO = /https:\/\/cdn\.redoc\.ly\/[\w/.-]+/g
/** Redoc renders its links as paths of a server, and follows them by script. In a new tab they would find no page. */
const ROUTE = / href="\/(?!\/)/g
const NAME = `<svg xmlns="http://www.w3.org/2000/svg" width="52" height="14"><text y="11" font-size="11" font-family="sans-serif" fill="#4a73c9">Redocly</text></svg>`

/** Builds the page of the HTTP API as one file, with the site's navigation. */
export async function buildApiPage(file: string): Promise<void> {
  const template = ['--template', resolve(import.meta.dirname, 'api-page.hbs'), ...navigation()]
  const input = [resolve(ROOT, 'generated/openapi.yaml'), '--output', file, '--inlineBundle']
  const cli = resolve(ROOT, 'node_modules/@redocly/cli/bin/cli.js')
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  await promisify(execFile)(process.execPath, [cli, 'build-docs', ...input, ...template], { cwd: ROOT, env })
  const page = await readFile(file, 'utf8')
  if (page.search(LOGO) < 0) throw new Error('Redoc loads its logo from elsewhere now: see scripts/docs/api-page.ts.')
  await writeFile(
    file,
    page.replaceAll(LOGO, `data:image/svg+xml,${encodeURIComponent(NAME)}`).replaceAll(ROUTE, ' href="#/'),
  )
}

/** The links that every page has. */
function navigation(): string[] {
  const { name, navigationLinks } = typedocOptions
  const links = Object.entries(navigationLinks).map(([label, href]) => ({
    label,
    href,
    ...(href === 'api.html' && { current: 'page' }),
  }))
  return [
    `--templateOptions.name=${name}`,
    ...links.flatMap((link, index) =>
      Object.entries(link).map(([key, value]) => `--templateOptions.links.${index}.${key}=${value}`),
    ),
  ]
}
