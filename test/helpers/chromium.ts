import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PATH = '/usr/bin/chromium'

/**
 * Why the tests of this machine's Chromium cannot run; undefined when they can. In CI they must.
 */
export const noChromium =
  existsSync(PATH) || process.env.CI ? undefined : `there is no ${PATH}: apt-get install chromium to run them`

/** Starts a headless Chromium that asks nothing of any other machine. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: PATH,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
