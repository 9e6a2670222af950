import { beforeAll, beforeEach } from 'vitest'
import { missing, type Toolchain } from './toolchains.ts'

/**
 * For the top of a block: skips its tests on a machine that lacks a toolchain, and prints why. In CI they fail instead.
 * @param orElse another reason to skip, that is known only when the tests begin
 */
export function needs(toolchains: readonly Toolchain[], orElse: () => string | undefined): void {
  let reason: string | undefined
  beforeAll(async () => {
    reason = orElse() ?? (await missing(toolchains))
    if (reason === undefined) return
    if (process.env.CI) throw new Error(reason)
    process.stderr.write(`skipped: ${reason}\n`)
  })
  beforeEach(({ skip }) => {
    skip(reason !== undefined, reason)
  })
}
