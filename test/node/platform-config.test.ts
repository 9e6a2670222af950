import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, expectTypeOf, test, vi } from 'vitest'
import type { AbejaClient, ClientCredential } from '../../src/index.ts'
import { LocalFileError, type PlatformConfig, type PlatformConfigOptions, readPlatformConfig } from '../../src/node.ts'
import { environment, errorOf } from '../helpers/abeja.ts'
import { headerOf, onlyRequest, recordingServer } from '../helpers/recording-server.ts'
import { directoryWith } from './directory.ts'
import { cliCommand, run } from './run-cli.ts'

const CLI_VARIABLES = [
  'ABEJA_CLI_USER',
  'ABEJA_CLI_TOKEN',
  'ABEJA_CLI_ORGANIZATION',
  'ABEJA_PLATFORM_USER',
  'PERSONAL_ACCESS_TOKEN',
  'ORGANIZATION_NAME',
]

const UNNAMED = {
  'abeja-platform-user': 'user-1111111111111',
  'personal-access-token': 'secret-of-the-unnamed',
  'organization-name': 'acme',
}
const STAGING = {
  'configuration-name': 'staging',
  'abeja-platform-user': '2222222222222',
  'personal-access-token': 'secret-of-staging',
  'organization-name': 'acme-staging',
  'abeja-api-url': 'https://staging.example.com',
}
const FILE = { ...UNNAMED, configurations: [STAGING] }

beforeEach(() => {
  environment()
  for (const name of CLI_VARIABLES) vi.stubEnv(name, '')
})
afterEach(() => void vi.unstubAllEnvs())

async function fileWith(content: unknown): Promise<string> {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  return join(await directoryWith({ config: text }), 'config')
}

async function configOf(content: unknown, options: PlatformConfigOptions = {}): Promise<PlatformConfig> {
  return readPlatformConfig({ path: await fileWith(content), ...options })
}

test('reads the unnamed configuration when no other is active', async () => {
  const config = await configOf(FILE)
  expect(config).toEqual({
    credential: { userId: 'user-1111111111111', personalAccessToken: 'secret-of-the-unnamed' },
    organizationId: 'acme',
    baseUrl: undefined,
  })
  expectTypeOf(config.credential).toEqualTypeOf<ClientCredential | undefined>()
  expectTypeOf<typeof AbejaClient>().toBeConstructibleWith(config)
})

test('reads the active configuration, and another by its name', async () => {
  const production = { ...STAGING, 'configuration-name': 'production', 'abeja-platform-user': '3' }
  const file = { 'active-configuration-name': 'staging', configurations: [production, STAGING] }
  const staging = { userId: '2222222222222', personalAccessToken: 'secret-of-staging' }
  expect(await configOf(file)).toEqual({
    credential: staging,
    organizationId: 'acme-staging',
    baseUrl: 'https://staging.example.com',
  })
  expect(await configOf(file, { profile: 'production' })).toMatchObject({ credential: { ...staging, userId: '3' } })
})

test('reads a file that begins with a byte order mark', async () => {
  expect(await configOf(`\uFEFF${JSON.stringify(FILE)}`)).toMatchObject({ organizationId: 'acme' })
})

test('needs no file, unless a configuration is asked for by its name', async () => {
  const missing = join(await directoryWith(), 'config')
  const nothing = { credential: undefined, organizationId: undefined, baseUrl: undefined }
  expect(await readPlatformConfig({ path: missing })).toEqual(nothing)
  const error = await errorOf(readPlatformConfig({ path: missing, profile: 'staging' }))
  expect(error).toMatchObject({ name: 'LocalFileError', code: 'ENOENT', path: missing })
})

test.each([
  {
    variables: { ABEJA_CLI_USER: '7', ABEJA_PLATFORM_USER: '8', ABEJA_CLI_TOKEN: 't7', PERSONAL_ACCESS_TOKEN: 't8' },
    credential: { userId: '7', personalAccessToken: 't7' },
  },
  {
    variables: { ABEJA_PLATFORM_USER: '8', PERSONAL_ACCESS_TOKEN: 't8' },
    credential: { userId: '8', personalAccessToken: 't8' },
  },
  { variables: { ABEJA_CLI_TOKEN: 't7' }, credential: { userId: 'user-1111111111111', personalAccessToken: 't7' } },
  {
    variables: { ABEJA_CLI_USER: '7', ABEJA_CLI_TOKEN: 't7', PLATFORM_AUTH_TOKEN: 'b' },
    credential: { authToken: 'b' },
  },
  {
    variables: {
      ABEJA_CLI_USER: '7',
      ABEJA_CLI_TOKEN: 't7',
      ABEJA_PLATFORM_USER_ID: '9',
      ABEJA_PLATFORM_PERSONAL_ACCESS_TOKEN: 't9',
    },
    credential: { userId: '9', personalAccessToken: 't9' },
  },
  {
    variables: { ABEJA_PLATFORM_DATASOURCE_ID: 'd', ABEJA_PLATFORM_DATASOURCE_SECRET: 's' },
    credential: { datasourceId: 'd', datasourceSecret: 's' },
  },
])('$variables take precedence over the file', async ({ variables, credential }) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  expect(await configOf(FILE)).toEqual({ credential, organizationId: 'acme', baseUrl: undefined })
})

test.each([
  [{ ABEJA_ORGANIZATION_ID: '1', ABEJA_CLI_ORGANIZATION: '2', ORGANIZATION_NAME: '3' }, '1'],
  [{ ABEJA_CLI_ORGANIZATION: '2', ORGANIZATION_NAME: '3' }, '2'],
  [{ ORGANIZATION_NAME: '3' }, '3'],
])('%j makes the organization %s', async (variables, organizationId) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  expect(await configOf(FILE)).toMatchObject({ organizationId })
})

test('a configuration that is named takes precedence over the environment', async () => {
  vi.stubEnv('PLATFORM_AUTH_TOKEN', 'of the environment')
  vi.stubEnv('ABEJA_ORGANIZATION_ID', '1')
  vi.stubEnv('ABEJA_API_URL', 'https://environment.example.com')
  expect(await configOf(FILE, { profile: 'staging' })).toEqual({
    credential: { userId: '2222222222222', personalAccessToken: 'secret-of-staging' },
    organizationId: 'acme-staging',
    baseUrl: 'https://staging.example.com',
  })
  const bare = { configurations: [{ 'configuration-name': 'bare' }] }
  expect(await configOf(bare, { profile: 'bare' })).toEqual({
    credential: { authToken: 'of the environment' },
    organizationId: '1',
    baseUrl: 'https://environment.example.com',
  })
})

test.each([
  ['{"personal-access-token": "secret-of', 'is not valid JSON.'],
  ['[]', 'its content must be an object (received a list)'],
  [{ ...UNNAMED, 'personal-access-token': 5 }, 'personal-access-token must be a string (received number)'],
  [{ configurations: {} }, 'configurations must be a list (received object)'],
  [{ configurations: [STAGING, null] }, 'configurations[1] must be an object (received null)'],
  [
    { 'active-configuration-name': 'staging', configurations: [{ ...STAGING, 'organization-name': ['secret-of'] }] },
    'configurations[0].organization-name must be a string (received a list)',
  ],
  [{ ...UNNAMED, 'abeja-api-url': 'secret-of@nowhere' }, 'abeja-api-url must be an absolute URL'],
  [
    { 'active-configuration-name': 'x', configurations: [STAGING] },
    'has no configuration named "x". Available: staging',
  ],
])('rejects %j, naming the file and the member, without its values', async (content, problem) => {
  const path = await fileWith(content)
  const error = await errorOf(readPlatformConfig({ path }))
  if (!(error instanceof LocalFileError)) throw error
  expect(error.path).toBe(path)
  expect(error.message).toContain(path)
  expect(error.message).toContain(problem)
  expect(JSON.stringify(error)).not.toContain('secret-of')
})

test('the command line connects as the platform CLI does, and --profile chooses a configuration', async () => {
  const server = await recordingServer(() => ({ json: { files: [], next_page_token: null } }))
  const home = await directoryWith({
    '.abeja/config': JSON.stringify({ ...FILE, configurations: [{ ...STAGING, 'abeja-api-url': server.url }] }),
  })
  const environment = { HOME: home, PLATFORM_AUTH_TOKEN: '', ABEJA_ORGANIZATION_ID: '' }
  expect(await run(cliCommand(['ls', 'datalake://1']), server.url, { environment })).toMatchObject({ code: 0 })
  const basic = (user: string, token: string) => `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`
  expect(headerOf(onlyRequest(server), 'authorization')).toBe(basic('user-1111111111111', 'secret-of-the-unnamed'))

  const args = ['ls', 'datalake://1', '--profile', 'staging']
  expect(await run(cliCommand(args), '', { environment: { HOME: home } })).toMatchObject({ code: 0 })
  expect(server.requests.map((request) => headerOf(request, 'authorization')).at(-1)).toBe(
    basic('user-2222222222222', 'secret-of-staging'),
  )

  await writeFile(join(home, '.abeja/config'), '{"personal-access-token": 5}')
  const broken = await run(cliCommand(['ls', 'datalake://1']), server.url, { environment })
  expect(broken).toMatchObject({ code: 3, stderr: expect.stringContaining('personal-access-token must be a string') })
  expect(broken.stderr.trim().split('\n')).toHaveLength(1)
})
