import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Mock, startMock } from '../../src/mock.ts'
import { Caller } from './helpers/caller.ts'
import { browserIsMissing, openBrowser } from './helpers/chromium.ts'
import { ids, organization } from './helpers/use-mock.ts'

describe.skipIf(browserIsMissing())('the page of the mock server', () => {
  let browser: Browser
  let mock: Mock
  let page: Page
  let faults: string[]
  let outside: string[]
  const user = () => new Caller(mock.url, 'Bearer x')

  beforeAll(async () => {
    browser = await openBrowser()
    mock = await startMock({ runTimes: { queued: 300, running: 300 } })
  })

  afterAll(async () => {
    await browser.close()
    await mock.stop()
  })

  beforeEach(async () => {
    mock.reset()
    page = await browser.newPage({ viewport: { width: 1100, height: 800 } })
    // Below the limit of a test, so that what does not come is named.
    page.setDefaultTimeout(15_000)
    // A listener from the start: one that is added just before the dialog opens can come too late.
    page.on('filechooser', () => undefined)
    faults = []
    outside = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => void (message.type() === 'error' && faults.push(message.text())))
    page.on('request', (request) => {
      if (!request.url().startsWith(mock.url) && !/^(?:data|blob):/.test(request.url())) outside.push(request.url())
    })
  })

  afterEach(async () => {
    await page.close()
    expect({ faults, outside }).toEqual({ faults: [], outside: [] })
  })

  /** Opens the page, and waits until it hears from the server. */
  const open = async () => {
    await page.goto(`${mock.url}/_mock`)
    await page.locator('body[data-live]').waitFor()
  }
  const card = (name: string) => page.locator(`article[data-name="${name}"]`).first()

  test('shows what is stored, images as images and buckets as folders', async () => {
    await open()
    const image = card('test').locator('img').first()
    await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth)).toBe(64)
    expect(await page.getByRole('link', { name: '000000006197.jpg' }).count()).toBe(1)
    const bucket = page.locator('#buckets article').first()
    expect(await bucket.locator('summary').allInnerTexts()).toEqual(['aaa/ 3', 'bbb/ 2'])
    await bucket.locator('summary').first().click()
    expect(await bucket.getByRole('link', { name: 'ddd' }).isVisible()).toBe(false)
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
      'Channels',
      'Buckets',
      'Triggers and their runs',
      'Requests',
    ])
  })

  test('follows what happens, run by run and request by request', async () => {
    await open()
    await user().upload(ids.inputChannel, 'x', { 'x-abeja-meta-filename': '%E6%97%A5%E6%9C%AC.txt' })
    const run = page.locator('.run', { hasText: '日本.txt' })
    await run.getByText('SUCCEEDED').waitFor()
    await page.getByRole('link', { name: '日本.txt' }).waitFor()
    await user().post(`${organization}/channels`, {})
    const request = page.locator('.requests > li', { hasText: 'createChannel' })
    await request.getByText('name: is required').waitFor()
  })

  test('keeps what is in focus and which folders are closed when it changes', async () => {
    await open()
    const folder = page.locator('#buckets summary').first()
    await folder.click()
    await user().uploadForm(`${organization}/buckets/${ids.bucket}/files`, 'new.txt', 'x')
    await page.locator('#buckets').getByRole('link', { name: 'new.txt' }).waitFor()
    expect(
      await page
        .locator('#buckets details')
        .first()
        .evaluate((details: HTMLDetailsElement) => details.open),
    ).toBe(false)
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('aaa/ 3')
  })

  test('uploads with the keyboard alone, and says so', async () => {
    await open()
    await page.getByRole('button', { name: 'Upload to channel example-channel' }).focus()
    const choosing = page.waitForEvent('filechooser')
    await page.keyboard.press('Enter')
    const chooser = await choosing
    // Behind the open dialog the page goes on changing.
    await user().upload(ids.channel, 'x', { 'x-abeja-meta-filename': 'meanwhile.txt' })
    await page.getByRole('link', { name: 'meanwhile.txt' }).waitFor()
    await chooser.setFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n') })
    await page.getByRole('status').getByText('Uploaded 1 file to example-channel.').waitFor()
    await card('example-channel').getByRole('link', { name: 'a.csv' }).waitFor()
  })

  test('uploads what is dropped on a channel and on a bucket', async () => {
    await open()
    for (const name of ['example-channel', 'example-bucket']) {
      const transfer = await page.evaluateHandle(() => {
        const data = new DataTransfer()
        for (const file of ['日 1.txt', 'two.txt']) data.items.add(new File([file], file, { type: 'text/plain' }))
        return data
      })
      await card(name).dispatchEvent('drop', { dataTransfer: transfer })
      await page.getByRole('status').getByText(`Uploaded 2 files to ${name}.`).waitFor()
      await card(name).getByRole('link', { name: '日 1.txt' }).waitFor()
    }
  })

  test('says why an upload failed', async () => {
    await open()
    const body = { error: 'not_found', error_description: 'channel not found' }
    await page.route('**/upload', (route) => route.fulfill({ status: 404, json: body }))
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Upload to channel example-channel' }).click()
    await (await choosing).setFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('x') })
    await page.getByRole('status').getByText('a.csv was not uploaded: channel not found').waitFor()
    expect(faults.splice(0)).toEqual([expect.stringContaining('404')])
  })

  test('goes back to the start with Reset, and brings the examples with Seed', async () => {
    await user().delete(`/channels/${ids.channel}/${ids.file}`)
    await open()
    expect(await page.getByRole('link', { name: '000000006197.jpg' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Seed with examples' }).click()
    await page.getByRole('link', { name: '000000006197.jpg' }).waitFor()
    await user().post(`${organization}/channels`, { name: 'temporary', description: '', storage_type: 'file' })
    await card('temporary').waitFor()
    await page.getByRole('button', { name: 'Reset' }).click()
    await card('temporary').waitFor({ state: 'detached' })
  })

  test('shows what strangers named, and runs nothing of it', async () => {
    const name = '<img src=x onerror=alert(1)>'
    await user().post(`${organization}/channels`, {
      name,
      description: '"><script>alert(2)</script>',
      storage_type: 'file',
    })
    await user().upload(ids.channel, 'x', { 'x-abeja-meta-filename': encodeURIComponent(name) })
    await open()
    expect(await page.getByRole('heading', { name }).count()).toBe(1)
    expect(await page.getByRole('link', { name }).count()).toBe(1)
  })

  test.each(['light', 'dark'] as const)('fits a phone and has contrast in the %s', async (colorScheme) => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.emulateMedia({ colorScheme })
    await user().upload(ids.channel, 'x', { 'x-abeja-meta-filename': 'a'.repeat(200) })
    await open()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    expect(await page.evaluate(lowestContrast)).toBeGreaterThanOrEqual(4.5)
  })

  test('can be reached with the Tab key, everything that can be used', async () => {
    await open()
    const reached: string[] = []
    for (let count = 0; count < 6; count++) {
      await page.keyboard.press('Tab')
      reached.push(await page.evaluate(nameInFocus))
    }
    expect(reached).toEqual([
      'API reference',
      'Reset',
      'Seed with examples',
      '000000009851.jpg',
      '000000006197.jpg',
      'Upload to channel test',
    ])
  })

  test('/_docs is the reference, and takes nothing from elsewhere', async () => {
    await page.goto(`${mock.url}/_docs`)
    await page
      .getByRole('heading', { name: /ABEJA Platform Datalake and Trigger API/ })
      .first()
      .waitFor()
    expect(await page.getByText('Channel files').count()).toBeGreaterThan(0)
    // Of an operation it tells when it may be sent again: `x-idempotent`, which Redoc leaves out by itself.
    await page.goto(`${mock.url}/_docs#/channels/archivechannel`)
    await page
      .getByText(/idempotent:\s*true/)
      .first()
      .waitFor()
  })
})

describe('who is not the page', () => {
  test('is sent to it from the root, and finds the description beside the reference', async () => {
    const mock = await startMock({ static: true })
    const nobody = new Caller(mock.url)
    expect((await nobody.get('/')).headers.get('location')).toBe('/_mock')
    expect((await nobody.get('/_docs/openapi.json')).json.openapi).toBe('3.0.3')
    const page = await nobody.get('/_mock/')
    expect(page.text).toContain('Nothing is stored.')
    expect(page.text).not.toContain('Channels')
    expect((await nobody.get('/_mock/nothing')).status).toBe(404)
    await mock.stop()
  })
})

/** The lowest contrast of any text on the page with what is behind it, as WCAG counts it. Runs in the browser. */
function lowestContrast(): number {
  const rgb = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number)
  const luminance = (color: string) => {
    const [r = 0, g = 0, b = 0] = rgb(color).map((part) => {
      const value = part / 255
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const behind = (element: Element | null): string => {
    if (element === null) return 'rgb(255, 255, 255)'
    const { backgroundColor } = getComputedStyle(element)
    return rgb(backgroundColor)[3] === 0 ? behind(element.parentElement) : backgroundColor
  }
  const texts = [...document.querySelectorAll('body *')].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
  )
  const visible = texts.filter(
    (element) => !['SCRIPT', 'STYLE'].includes(element.tagName) && element.getClientRects().length > 0,
  )
  return Math.min(
    ...visible.map((element) => {
      const pair = [luminance(getComputedStyle(element).color), luminance(behind(element))]
      return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05)
    }),
  )
}

/** What the element in focus is called. Runs in the browser. */
function nameInFocus(): string {
  return document.activeElement?.textContent ?? ''
}
