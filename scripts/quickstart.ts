import { AbejaClient } from '../src/index.ts'
import { startMock } from '../src/mock.ts'
import { embeddedTour } from './quickstart/embedded-tour.ts'
import { Narrator } from './quickstart/narrator.ts'
import { readOnlyTour } from './quickstart/read-only-tour.ts'

const narrator = new Narrator()
if (hasAccount()) await real()
else await embedded()
narrator.summary()
process.exitCode = narrator.succeeded ? 0 : 1

/** Needs no account: runs against the mock server. */
async function embedded(): Promise<void> {
  const mock = await startMock({ runTimes: { queued: 300, running: 600 } })
  narrator.say(`Connected to a mock server in this process at ${mock.url}`)
  try {
    const credential = { userId: 'user-1111111111111', personalAccessToken: 'any' }
    await embeddedTour(new AbejaClient({ baseUrl: mock.url, organizationId: '1234567890123', credential }), narrator)
  } finally {
    await mock.stop()
  }
}

async function real(): Promise<void> {
  const abeja = new AbejaClient()
  narrator.say(`Connected to ${abeja.baseUrl} as organization ${abeja.organizationId ?? '(none)'}; read-only.`)
  await readOnlyTour(abeja, narrator)
}

/** Whether the environment has a base URL and a credential. */
function hasAccount(): boolean {
  const { ABEJA_API_URL, PLATFORM_AUTH_TOKEN, ABEJA_PLATFORM_USER_ID, ABEJA_PLATFORM_DATASOURCE_ID } = process.env
  return Boolean(ABEJA_API_URL && (PLATFORM_AUTH_TOKEN || ABEJA_PLATFORM_USER_ID || ABEJA_PLATFORM_DATASOURCE_ID))
}
