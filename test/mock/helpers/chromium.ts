import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Debian's Chromium, or the one that `CHROMIUM` names. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Why there can be no test in a browser here, if there cannot. Where CI is set there has to be one. */
export function browserIsMissing(): boolean {
  if (existsSync(executablePath) || process.env.CI) return false
  process.stdout.write(`Skipped: no browser at ${executablePath}. Install Chromium, or name one in CHROMIUM.\n`)
  return true
}

export function openBrowser(): Promise<Browser> {
  const quiet = [
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  return chromium.launch({ executablePath, args: ['--no-sandbox', ...quiet] })
}
