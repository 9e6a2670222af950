import { chmod, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { directoryWith, filesBelow } from './directory.ts'
import { cliCommand, type Ended, run } from './run-cli.ts'
import { setting } from './setting.ts'

const MANY = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`f${index}`, 'x']))

test.each([
  { what: 'a refused credential', status: 401, address: 'datalake://1' },
  { what: 'a refused credential', status: 401, address: 'bucket://2' },
  { what: 'a missing channel', status: 404, address: 'datalake://1' },
  { what: 'a missing bucket', status: 404, address: 'bucket://2' },
])('$what ends an upload to $address at once, with 3', async ({ status, address }) => {
  const { platform } = await setting()
  platform.faults.answer = () => ({ status })
  const ended = await run(cliCommand(['upload', await directoryWith(MANY), address, '-c', '2']), platform.url)
  expect(ended).toMatchObject({ code: 3, stderr: expect.stringContaining(`${status}`) })
  expect(platform.requests.length).toBeLessThan(5)
})

test('a credential that is refused in the middle ends a download, with 3', async () => {
  const { platform } = await setting()
  for (const name of Object.keys(MANY)) platform.put('channel', name, 'x')
  platform.faults.urlsLiveMs = -1000
  platform.faults.answer = ({ url }) => (url.startsWith('/channels/1/') ? { status: 401 } : undefined)
  const ended = await run(cliCommand(['download', 'datalake://1', await directoryWith(), '-c', '2']), platform.url)
  expect(ended).toMatchObject({ code: 3, stdout: expect.stringContaining('0 succeeded') })
  expect(platform.requests.length).toBeLessThan(6)
})

test('a path of a bucket where nothing is ends with 3, and makes no directory', async () => {
  const { platform } = await setting()
  platform.put('bucket', 'x/a.txt', 'A')
  const dir = await directoryWith()
  for (const path of ['nothing', 'nothing/', 'x/a', 'x/a.txt/']) {
    const said = { code: 3, stdout: '', stderr: expect.stringContaining('There is nothing at bucket://2/') }
    expect(await run(cliCommand(['download', `bucket://2/${path}`, join(dir, 'made')]), platform.url)).toMatchObject(
      said,
    )
    expect(await run(cliCommand(['ls', `bucket://2/${path}`]), platform.url)).toMatchObject(said)
  }
  expect(await readdir(dir)).toEqual([])
  platform.bucket.clear()
  expect(await run(cliCommand(['ls', 'bucket://2']), platform.url)).toMatchObject({ code: 0, stdout: '' })
})

test('a path of a bucket that is a file is shown by ls', async () => {
  const { platform } = await setting()
  platform.put('bucket', 'x/a.txt', 'A')
  const shown = await run(cliCommand(['ls', 'bucket://2/x/a.txt']), platform.url)
  expect(shown).toMatchObject({ code: 0, stdout: expect.stringMatching(/1 B {2}\/x\/a\.txt\n$/) })
  const json = await run(cliCommand(['ls', 'bucket://2/x/a.txt', '--json']), platform.url)
  expect(JSON.parse(json.stdout)).toMatchObject({ file_id: '/x/a.txt', size: 1 })
})

test('what is wrong with the environment ends every verb with 3, and not with the code of a wrong command line', async () => {
  const { platform } = await setting()
  const dir = await directoryWith({ a: 'A' })
  const verbs = (address: string) => [
    ['upload', dir, address],
    ['download', address, dir],
    ['ls', address],
  ]
  const all = async (address: string, environment: Readonly<Record<string, string>>): Promise<Ended[]> =>
    Promise.all(verbs(address).map((args) => run(cliCommand(args), platform.url, { environment })))
  const token = {
    code: 3,
    stderr: expect.stringMatching(
      /^Invalid credential: authToken has characters .* It comes from the environment or ~\/.abeja\/config\.\n$/,
    ),
  }
  const organization = { code: 3, stderr: expect.stringContaining('ABEJA_ORGANIZATION_ID') }
  expect(await all('datalake://1', { PLATFORM_AUTH_TOKEN: 'a b' })).toMatchObject([token, token, token])
  expect(await all('bucket://2', { ABEJA_ORGANIZATION_ID: '' })).toMatchObject([
    organization,
    organization,
    organization,
  ])
  const url = { code: 3, stderr: expect.stringContaining('Invalid ABEJA_API_URL') }
  expect(await all('datalake://1', { ABEJA_API_URL: 'nonsense' })).toMatchObject([url, url, url])
  expect(platform.requests).toEqual([])
})

test.skipIf(process.getuid?.() === 0)(
  'a directory that cannot be written to ends a download with 3, before it begins',
  async () => {
    const { platform } = await setting()
    for (const name of Object.keys(MANY)) platform.put('channel', name, 'x')
    const dir = await directoryWith()
    await chmod(dir, 0o555)
    const ended = await run(cliCommand(['download', 'datalake://1', dir]), platform.url)
    expect(ended).toMatchObject({ code: 3, stderr: expect.stringContaining('Cannot write to') })
    expect(platform.requests).toEqual([])
    expect(await filesBelow(dir)).toEqual({})
  },
)
