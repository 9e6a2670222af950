import { AbejaClient } from '../src/index.ts'
import { startPrism } from '../test/helpers/start-prism.ts'
import { embeddedTour } from './quickstart/embedded-tour.ts'
import { Narrator } from './quickstart/narrator.ts'
import { readOnlyTour } from './quickstart/read-only-tour.ts'

const narrator = new Narrator()
if (hasAccount()) await real()
else await embedded()
narrator.summary()
process.exitCode = narrator.succeeded ? 0 : 1

/** No account needed: the description's own examples answer. */
async function embedded(): Promise<void> {
  const prism = await startPrism()
  narrator.say(`Talking to a mock server of this process at ${prism.url}`)
  try {
    const credential = { userId: 'user-1111111111111', personalAccessToken: 'any' }
    await embeddedTour(new AbejaClient({ baseUrl: prism.url, organizationId: '1234567890123', credential }), narrator)
  } finally {
    await prism.stop()
  }
}

async function real(): Promise<void> {
  const abeja = new AbejaClient()
  narrator.say(`Talking to ${abeja.baseUrl} as organization ${abeja.organizationId ?? '(none)'}; only reading.`)
  await readOnlyTour(abeja, narrator)
}

/** Whether the environment names a server and who calls it. */
function hasAccount(): boolean {
  const { ABEJA_API_URL, PLATFORM_AUTH_TOKEN, ABEJA_PLATFORM_USER_ID, ABEJA_PLATFORM_DATASOURCE_ID } = process.env
  return Boolean(ABEJA_API_URL && (PLATFORM_AUTH_TOKEN || ABEJA_PLATFORM_USER_ID || ABEJA_PLATFORM_DATASOURCE_ID))
}
