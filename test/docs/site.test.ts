import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operations } from '../../generated/operations.ts'
import { launchChromium, noChromium } from '../helpers/chromium.ts'
import { exportedNames } from './exported-names.ts'
import { buildSite, navigationOf, type Page, pagesOf } from './site.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const LOADED_FROM_ELSEWHERE =
  /<(?!a\s)[a-z]+\s[^>]*?(?:src|href|srcset|poster|data)=["']?(?:https?:)?\/\/[^>]*>|@import|url\(["']?(?:https?:)?\/\//i
let site: string
let pages: ReadonlyMap<string, Page>

beforeAll(async () => {
  site = await mkdtemp(join(tmpdir(), 'abeja-docs-'))
  await buildSite(site)
  pages = pagesOf(site)
}, 180_000)

afterAll(() => rm(site, { recursive: true }))

test('every guide is a page with its heading and is part of the navigation', async () => {
  const navigation = navigationOf(site)
  const guides = (await readdir(join(ROOT, 'docs'))).filter((name) => name.endsWith('.md'))
  expect(guides.length).toBeGreaterThan(5)
  for (const guide of guides) {
    const name = guide === 'README.md' ? 'guides.html' : guide.replace(/\.md$/, '.html')
    const heading = /^# (.+)$/m.exec(readFileSync(join(ROOT, 'docs', guide), 'utf8'))?.[1]
    expect(pages.get(name)?.title, guide).toMatch(new RegExp(`^${heading} \\| `))
    expect(navigation).toContain(name)
  }
})

test('every page links to the guides, the API and the TypeScript reference', () => {
  for (const { name, links } of pages.values()) {
    expect(links, name).toEqual(expect.arrayContaining(['guides.html', 'api.html', 'abeja-platform-client.html']))
  }
})

test('every link within the site has a target', () => {
  const broken = [...pages.values()].flatMap((page) =>
    page.links.filter((link) => !leadsSomewhere(link, page)).map((link) => `${page.name}: ${link}`),
  )
  expect(broken).toEqual([])
  expect(navigationOf(site).filter((path) => !pages.has(path))).toEqual([])
})

test('no page loads anything from another host', () => {
  for (const { name, markup } of pages.values()) expect(markup.match(LOADED_FROM_ELSEWHERE), name).toBeNull()
  // The script of Redoc contains markup; the page's own policy restricts what that may load.
  expect(pages.get('api.html')?.markup).toMatch(/http-equiv="Content-Security-Policy" content="default-src 'none';/)
  expect(pages.get('api.html')?.html.includes('cdn.redoc.ly')).toBe(false)
  for (const name of ['style.css', 'highlight.css', 'custom.css']) {
    expect(readFileSync(join(site, 'assets', name), 'utf8').match(LOADED_FROM_ELSEWHERE), name).toBeNull()
  }
})

test('the API page contains every operation', () => {
  const definition = /const __redoc_definition = (.*);\n/.exec(pages.get('api.html')?.html ?? '')?.[1] ?? ''
  const ids = [...definition.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id)
  expect(ids.toSorted()).toEqual(Object.keys(operations).toSorted())
})

test('the TypeScript reference contains every export of the package', () => {
  const prefixes = { 'src/index.ts': '', 'src/node.ts': 'node.', 'src/mock.ts': 'mock.' }
  const exported = exportedNames(Object.keys(prefixes))
  for (const [entry, prefix] of Object.entries(prefixes)) {
    const names = exported.get(entry) ?? []
    expect(names.length, entry).toBeGreaterThan(8)
    // A second name that differs only in upper and lower case has a number.
    const isDocumented = (name: string) => pages.has(`${prefix}${name}.html`) || pages.has(`${prefix}${name}-1.html`)
    expect(
      names.filter((name) => !isDocumented(name)),
      entry,
    ).toEqual([])
  }
})

test('types of the description show their properties and the descriptions of these', () => {
  const { ids, html } = pages.get('ChannelFile.html') ?? {}
  expect([...(ids ?? [])]).toEqual(expect.arrayContaining(['content_type', 'download_uri', 'system_metadata']))
  expect(html?.includes('The media type of the file')).toBe(true)
  expect(pages.get('Channels.html')?.ids.has('archive')).toBe(true)
})

describe.skipIf(noChromium)('In Chromium', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launchChromium()
  })

  afterAll(() => browser.close())

  const open = async (path: string) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(`${pathToFileURL(site)}/${path}`)
    return page
  }

  test('a link of the API page that is opened in a new tab shows its operation', async () => {
    const first = await open('api.html')
    const link = first.locator('a', { hasText: /^Channels$/ }).first()
    const second = await open(`api.html${await link.getAttribute('href')}`)
    await second.getByText('List channels').first().waitFor()
    await Promise.all([first.close(), second.close()])
  })

  test('no guide cuts a line of code at a width of 1280 pixels', async () => {
    const page = await open('index.html')
    const cut: string[] = []
    for (const name of pages.keys()) {
      if (!existsSync(join(ROOT, 'docs', name.replace(/html$/, 'md'))) && name !== 'index.html') continue
      await page.goto(`${pathToFileURL(site)}/${name}`)
      const blocks = page.locator('pre > code')
      const wide = await blocks.evaluateAll(
        (all) => all.filter((code) => code.scrollWidth > code.clientWidth + 1).length,
      )
      if (wide > 0) cut.push(`${name}: ${wide}`)
    }
    expect(cut).toEqual([])
    await page.close()
  })
})

function leadsSomewhere(link: string, page: Page): boolean {
  if (/^(https?|mailto):/.test(link)) return true
  const [path = '', anchor = ''] = link.split('#')
  const target = path === '' ? page : pages.get(path)
  if (!target) return existsSync(join(site, decodeURIComponent(path)))
  return anchor === '' || target.ids.has(decodeURIComponent(anchor))
}
