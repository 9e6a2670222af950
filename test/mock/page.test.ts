import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Mock, startMock } from '../../src/mock.ts'
import { Caller } from './helpers/caller.ts'
import { browserIsMissing, openBrowser } from './helpers/chromium.ts'
import { day, ids, organization } from './helpers/use-mock.ts'

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
  const open = async (query = '') => {
    await page.goto(`${mock.url}/_mock${query}`)
    await page.locator('body[data-live]').waitFor()
  }
  /** A container of the overview. */
  const row = (name: string) => page.locator(`tr[data-name="${name}"]`).first()
  const channel = `?open=channel:${ids.channel}`
  const bucket = `?open=bucket:${ids.bucket}`
  const trigger = `?open=trigger:${ids.trigger}`

  test('gives an overview of the containers, and opens one of them', async () => {
    await open()
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
      'Channels',
      'Buckets',
      'Triggers and their runs',
      'Time',
      'Faults',
      'Requests',
    ])
    expect(await row('example-channel').locator('td').nth(1).innerText()).toMatch(/^\d+$/)
    await row('test').getByRole('link').click()
    const image = page.locator('article img').first()
    await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth)).toBe(64)
    expect(await page.getByRole('link', { name: '000000006197.jpg' }).count()).toBe(1)
    await page.getByRole('link', { name: '← Overview' }).click()
    await row('test').waitFor()
    await page.goBack()
    await page.getByRole('link', { name: '000000006197.jpg' }).waitFor()
  })

  test('shows a bucket as folders', async () => {
    await open(bucket)
    await page.getByRole('link', { name: 'aaa/' }).click()
    await page.getByRole('link', { name: 'bbb/' }).click()
    await page.getByRole('link', { name: 'ddd' }).waitFor()
    expect(new URL(page.url()).searchParams.get('folder')).toBe('aaa/bbb/')
    await page.getByRole('link', { name: 'root' }).click()
    await page.getByRole('link', { name: 'aaa/' }).waitFor()
  })

  test('follows what happens, run by run and request by request', async () => {
    await open(trigger)
    await user().upload(ids.inputChannel, 'x', { 'x-abeja-meta-filename': '%E6%97%A5%E6%9C%AC.txt' })
    const run = page.locator('tr', { hasText: '日本.txt' })
    await run.getByText('SUCCEEDED').waitFor()
    await user().post(`${organization}/channels`, {})
    const request = page.locator('.requests > li', { hasText: 'createChannel' })
    await request.getByText('name: is required').waitFor()
  })

  test('fails a run', async () => {
    await user().upload(ids.inputChannel, 'x', { 'x-abeja-meta-filename': 'doomed.txt' })
    await open(trigger)
    const run = page.locator('tr', { hasText: 'doomed.txt' })
    await run.getByRole('button', { name: 'Fail' }).click()
    await run.getByText('FAILED').waitFor()
    const path = `${organization}/deployments/${ids.deployment}/triggers/${ids.trigger}/runs`
    expect((await user().get(path)).text).toContain('"status":"FAILED"')
  })

  test('keeps the focus and what is being typed when it changes', async () => {
    await open(bucket)
    await page.getByRole('searchbox').fill('cc')
    await user().uploadForm(`${organization}/buckets/${ids.bucket}/files`, 'new-cc.txt', 'x')
    await page.getByRole('link', { name: 'new-cc.txt' }).waitFor()
    expect(await page.getByRole('searchbox').inputValue()).toBe('cc')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('search')
    expect(await page.getByRole('link', { name: 'ddd' }).count()).toBe(0)
  })

  test('shows 10,000 files in well under a second: with search, sorting and pages', async () => {
    const files = Array.from({ length: 10_000 }, (_, index) => ({
      file_id: `f${index}`,
      metadata: { filename: `file-${String(index).padStart(5, '0')}.txt` },
      text: 'x'.repeat(index % 100),
    }))
    await mock.loadSeed({ channels: [{ channel_id: '7', name: 'many', files }] })
    await user().get('/_mock/view?open=channel:7')
    const begun = performance.now()
    await open('?open=channel:7&sort=name')
    await page.getByRole('link', { name: 'file-00000.txt' }).waitFor()
    expect(performance.now() - begun).toBeLessThan(3000)
    // What the server does of it, without the browser of a busy machine.
    const rendered = performance.now()
    await user().get('/_mock/view?open=channel:7&sort=name&page=100')
    expect(performance.now() - rendered).toBeLessThan(500)
    expect(await page.locator('article tbody tr').count()).toBe(50)
    await page.getByText('Page 1 of 200').waitFor()
    await page.getByRole('link', { name: 'Next' }).click()
    await page.getByRole('link', { name: 'file-00050.txt' }).waitFor()
    await page.getByRole('link', { name: 'Size' }).click()
    await page.getByRole('link', { name: 'Size' }).click()
    await page.locator('th[aria-sort=descending]', { hasText: 'Size' }).waitFor()
    expect(await page.locator('article tbody tr').first().innerText()).toContain('99 B')
    await page.getByRole('searchbox').fill('file-09999')
    await page.getByRole('link', { name: 'file-09999.txt' }).waitFor()
    await expect.poll(() => page.locator('article tbody tr').count()).toBe(1)
  })

  test('moves the time, and stops it', async () => {
    await open()
    await page.getByRole('button', { name: '+ 1 day' }).click()
    await expect.poll(() => mock.clock.now() - Date.now()).toBeGreaterThan(day - 60_000)
    await page.getByRole('button', { name: 'Freeze' }).click()
    await page.getByRole('button', { name: 'Resume' }).waitFor()
    expect(mock.clock.frozen).toBe(true)
    await page.getByRole('button', { name: 'Now' }).click()
    await expect.poll(() => Math.abs(mock.clock.now() - Date.now())).toBeLessThan(60_000)
  })

  test('plans a fault, and removes it', async () => {
    await open()
    await page.getByLabel('Operation').selectOption('createChannel')
    await page.getByLabel('Fault', { exact: true }).selectOption('503 with Retry-After')
    await page.getByLabel('Times').fill('2')
    await page.getByRole('button', { name: 'Plan fault' }).click()
    await page.getByText('createChannel, 2 left').waitFor()
    expect(mock.faults.planned).toMatchObject([{ operation: 'createChannel', status: 503, retryAfter: 1, times: 2 }])
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByText('No faults are planned.').waitFor()
    expect(mock.faults.planned).toEqual([])
  })

  test('saves the requests as HAR and the state as a seed', async () => {
    await user().get(`${organization}/channels`)
    await open()
    const saved: string[] = []
    for (const button of ['Save as HAR', 'Save as seed']) {
      const saving = page.waitForEvent('download')
      await page.getByRole('button', { name: button }).click()
      saved.push((await saving).suggestedFilename())
    }
    expect(saved).toEqual(['mock-requests.har', 'mock-seed.json'])
  })

  test('shows one workspace under its own address', async () => {
    const workspace = mock.workspace('paged')
    await new Caller(workspace.url, 'Bearer x').post(`${organization}/channels`, {
      ...{ name: 'only here', description: '', storage_type: 'datalake' },
    })
    await page.goto(`${workspace.url}/_mock`)
    await row('only here').waitFor()
    await page.getByText('Workspace paged.').waitFor()
    await page.getByRole('button', { name: 'Reset' }).click()
    await page.getByRole('button', { name: 'Yes' }).click()
    await row('only here').waitFor({ state: 'detached' })
    workspace.close()
  })

  test('uploads with the keyboard alone, and says so', async () => {
    await open(channel)
    await page.getByRole('button', { name: 'Upload to channel' }).focus()
    const choosing = page.waitForEvent('filechooser')
    await page.keyboard.press('Enter')
    const chooser = await choosing
    // Behind the open dialog the page goes on changing.
    await user().upload(ids.channel, 'x', { 'x-abeja-meta-filename': 'meanwhile.txt' })
    await page.getByRole('link', { name: 'meanwhile.txt' }).waitFor()
    await chooser.setFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n') })
    await page.getByRole('status').getByText('Uploaded 1 file to test.').waitFor()
    await page.getByRole('link', { name: 'a.csv' }).waitFor()
  })

  test('uploads what is dropped on a channel and on a bucket, also into a folder', async () => {
    const drop = async (target: Locator) => {
      const transfer = await page.evaluateHandle(() => {
        const data = new DataTransfer()
        for (const file of ['日 1.txt', 'two.txt']) data.items.add(new File([file], file, { type: 'text/plain' }))
        return data
      })
      await target.dispatchEvent('drop', { dataTransfer: transfer })
    }
    for (const name of ['example-channel', 'example-bucket']) {
      await open()
      await drop(row(name))
      await page.getByRole('status').getByText(`Uploaded 2 files to ${name}.`).waitFor()
      await row(name).getByRole('link').click()
      await page.getByRole('link', { name: '日 1.txt' }).waitFor()
    }
    await open(`${bucket}&folder=aaa/`)
    await drop(page.locator('article'))
    await page.getByRole('link', { name: 'two.txt' }).waitFor()
    expect((await user().get(`${organization}/buckets/${ids.bucket}/files/aaa/two.txt`)).status).toBe(200)
  })

  test('says why an upload failed', async () => {
    await open(channel)
    const body = { error: 'not_found', error_description: 'channel not found' }
    await page.route('**/upload', (route) => route.fulfill({ status: 404, json: body }))
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Upload to channel' }).click()
    await (await choosing).setFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('x') })
    await page.getByRole('status').getByText('a.csv was not uploaded: channel not found').waitFor()
    expect(faults.splice(0)).toEqual([expect.stringContaining('404')])
  })

  test('restores the seed with Reset after a question, and loads the examples with Seed', async () => {
    await user().delete(`/channels/${ids.channel}/${ids.file}`)
    await open(channel)
    expect(await page.getByRole('link', { name: '000000006197.jpg' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Seed with examples' }).click()
    await page.getByRole('link', { name: '000000006197.jpg' }).waitFor()
    await user().post(`${organization}/channels`, { name: 'temporary', description: '', storage_type: 'file' })
    await page.getByRole('link', { name: '← Overview' }).click()
    await row('temporary').waitFor()
    await page.getByRole('button', { name: 'Reset' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    expect((await user().get(`${organization}/channels`)).text).toContain('temporary')
    await page.getByRole('button', { name: 'Reset' }).click()
    await page.getByRole('button', { name: 'Yes' }).click()
    await row('temporary').waitFor({ state: 'detached' })
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
    expect(await page.getByRole('link', { name }).count()).toBe(1)
    await page.getByRole('link', { name }).click()
    await expect.poll(() => page.getByRole('heading', { name }).count()).toBe(1)
    await open(`${channel}&search=${encodeURIComponent('<img')}`)
    expect(await page.getByRole('link', { name }).count()).toBe(1)
  })

  test.each(['light', 'dark'] as const)('fits a phone and has contrast in the %s', async (colorScheme) => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.emulateMedia({ colorScheme })
    await user().upload(ids.channel, 'x', { 'x-abeja-meta-filename': 'a'.repeat(200) })
    await user().post(`${organization}/channels`, {
      name: 'n'.repeat(200),
      description: 'd'.repeat(300),
      storage_type: 'file',
    })
    mock.faults.add({ status: 500, match: { path: `/${'p'.repeat(200)}` } })
    for (const query of ['', channel, bucket, trigger]) {
      await open(query)
      expect(await page.evaluate(() => document.documentElement.scrollWidth), query).toBe(360)
      expect(await page.evaluate(lowestContrast), query).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('can be reached with the Tab key, everything that can be used', async () => {
    await open()
    const reached: string[] = []
    for (let count = 0; count < 6; count++) {
      await page.keyboard.press('Tab')
      reached.push(await page.evaluate(nameInFocus))
    }
    expect(reached.slice(0, 4)).toEqual(['API reference', 'Reset', 'Seed with examples', 'Save as seed'])
    expect(reached.slice(4)).toEqual(['', 'test'])
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
    expect(page.text).toContain('Nothing is stored here')
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
