import type { Reporter, TestModule } from 'vitest/node'

/** Ends the run with one plain line that a person, and a CI that knows no vitest, can read. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 }
    for (const module of modules) {
      const failedBefore = counts.failed
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state !== 'pending') counts[state] += 1
      }
      // What fails outside of any test, in a hook or an import, fails too.
      if (module.state() === 'failed' && counts.failed === failedBefore) counts.failed += 1
    }
    process.on('exit', () => {
      process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
    })
  }
}
