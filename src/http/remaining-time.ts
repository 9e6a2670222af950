import { requireSettings } from '../configuration.ts'
import type { RequestOptions } from '../options.ts'

/** The time that is left when none is: the option must be above 0. */
export const NO_TIME = Number.MIN_VALUE

/**
 * Spreads one total timeout over several calls: each asking gives the options with the time that is left. When none is, the
 * call that gets them fails with `TimeoutError` before it sends anything.
 * @param fallback the total timeout of the client, in milliseconds
 */
export function remainingTime(options: RequestOptions, fallback: number): () => RequestOptions {
  requireSettings(options)
  const deadlineAt = performance.now() + (options.totalTimeout ?? fallback)
  return () => ({ ...options, totalTimeout: Math.max(deadlineAt - performance.now(), NO_TIME) })
}
