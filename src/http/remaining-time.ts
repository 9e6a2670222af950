import { TimeoutError } from '../errors/client-errors.ts'
import type { RequestOptions } from '../options.ts'

/**
 * Spreads one deadline over several calls: each asking gives the options with the time that is left, and throws
 * `TimeoutError` when none is.
 * @param fallback the client's deadline, in milliseconds
 */
export function remainingTime(options: RequestOptions, fallback: number): () => RequestOptions {
  const deadlineAt = performance.now() + (options.deadline ?? fallback)
  return () => {
    const deadline = deadlineAt - performance.now()
    if (deadline > 0) return { ...options, deadline }
    throw new TimeoutError('The time of the whole call ran out (deadline).', 'deadline')
  }
}
