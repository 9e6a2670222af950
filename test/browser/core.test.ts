import { resolve } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Mock, startMock } from '../../src/mock.ts'
import { launchChromium, noChromium } from '../helpers/chromium.ts'
import { coreBundle } from './core-bundle.ts'
import { servePage } from './page-server.ts'

if (noChromium) console.warn(`The browser tests are skipped: ${noChromium}`)

describe.skipIf(noChromium)('In Chromium, on another origin than the API', () => {
  let browser: Browser
  let mock: Mock
  let pages: Awaited<ReturnType<typeof servePage>>

  beforeAll(async () => {
    const scripts = await coreBundle(resolve(import.meta.dirname, 'entry.ts'))
    pages = await servePage(new Map([...scripts, ['/worker.js', SERVICE_WORKER]]))
    mock = await startMock({ quiet: true })
    browser = await launchChromium()
  })

  afterAll(async () => {
    await browser.close()
    await mock.stop()
    pages.stop()
  })

  test('a page lists, uploads with progress, downloads, aborts, and gets typed errors', async () => {
    const page = await browser.newPage()
    await page.goto(pages.url)
    await page.addScriptTag({ type: 'module', url: '/entry.js' })
    await page.waitForFunction(() => 'exercise' in globalThis)
    const result = await page.evaluate((url) => globalThis.exercise(url), mock.url)
    expectAllDone(result)
    await page.close()
  })

  test('a page with the process polyfill of some bundlers does the same', async () => {
    const page = await browser.newPage()
    await page.addInitScript(() => Object.assign(globalThis, { process: { env: {}, browser: true, versions: {} } }))
    await page.goto(pages.url)
    await page.addScriptTag({ type: 'module', url: '/entry.js' })
    await page.waitForFunction(() => 'exercise' in globalThis)
    expectAllDone(await page.evaluate((url) => globalThis.exercise(url), mock.url))
    await page.close()
  })

  test('a service worker does the same', async () => {
    const page = await browser.newPage()
    await page.goto(pages.url)
    const result = await page.evaluate(async (url) => {
      await navigator.serviceWorker.register('/worker.js', { type: 'module' })
      const { active } = await navigator.serviceWorker.ready
      return new Promise<Awaited<ReturnType<typeof globalThis.exercise>>>((done, failed) => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = ({ data }) => (typeof data === 'string' ? failed(new Error(data)) : done(data))
        active?.postMessage(url, [port2])
      })
    }, mock.url)
    expectAllDone(result)
    await page.close()
  })
})

function expectAllDone({ progress, ...result }: Awaited<ReturnType<typeof globalThis.exercise>>): void {
  expect(result).toEqual({
    listed: [{ metadata: { filename: '写真.png' }, content_type: 'image/png' }],
    isSame: true,
    streamed: 'from a stream',
    bucketText: 'a,b\n',
    missing: { name: 'NotFoundError', status: 404 },
    refused: { name: 'InvalidRequestError', status: undefined },
    unreachable: { name: 'ConnectionError', status: undefined },
    aborted: { name: 'AbortedError', status: undefined },
  })
  expect(progress.at(-1)).toEqual({ transferred: 120_000, total: 120_000, attempt: 1 })
  expect(progress.slice(0, -1).every(({ transferred }) => transferred < 120_000)).toBe(true)
}

const SERVICE_WORKER = `
import '/entry.js'
addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('message', (event) => event.waitUntil(
  exercise(event.data).then((result) => event.ports[0].postMessage(result), (error) => event.ports[0].postMessage(String(error))),
))
`
