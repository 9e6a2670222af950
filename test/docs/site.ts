import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { inflateSync } from 'node:zlib'

const ROOT = resolve(import.meta.dirname, '../..')

/** The parts of a page that the tests use. */
export interface Page {
  readonly name: string
  readonly html: string
  /** The page without the part that Redoc's script renders. */
  readonly markup: string
  readonly title: string
  /** The ids that a link can refer to. */
  readonly ids: ReadonlySet<string>
  /** The targets of its links. */
  readonly links: readonly string[]
}

/** Builds the site as `npm run docs` does. */
export async function buildSite(directory: string): Promise<void> {
  const jiti = join(ROOT, 'node_modules/jiti/lib/jiti-cli.mjs')
  await promisify(execFile)(process.execPath, [jiti, 'scripts/docs.ts', '--out', directory], { cwd: ROOT })
}

/** The pages, by name. */
export function pagesOf(directory: string): ReadonlyMap<string, Page> {
  const names = readdirSync(directory).filter((name) => name.endsWith('.html'))
  return new Map(names.map((name) => [name, pageOf(name, readFileSync(join(directory, name), 'utf8'))]))
}

function pageOf(name: string, html: string): Page {
  const markup = name === 'api.html' ? html.slice(0, html.indexOf('<div id="redoc">')) : html
  return {
    name,
    html,
    markup,
    title: /<title>(.*)<\/title>/.exec(markup)?.[1] ?? '',
    ids: new Set([...markup.matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => id)),
    links: [...markup.matchAll(/<a\s[^>]*?href="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&')),
  }
}

/** The targets of the navigation. TypeDoc stores it compressed and renders it in the browser. */
export function navigationOf(directory: string): string[] {
  const script = readFileSync(join(directory, 'assets/navigation.js'), 'utf8')
  const packed = /"([^"]+)"/.exec(script)?.[1] ?? ''
  return pathsOf(JSON.parse(inflateSync(Buffer.from(packed, 'base64')).toString()))
}

function pathsOf(entries: unknown): string[] {
  if (!Array.isArray(entries)) return []
  return entries.flatMap(({ path, children }) => [...(typeof path === 'string' ? [path] : []), ...pathsOf(children)])
}
