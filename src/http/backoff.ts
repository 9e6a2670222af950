const FIRST_MS = 500
const CAP_MS = 8_000

/**
 * The pause before retry `number` (1 for the first), in milliseconds: full jitter over an exponential bound, so that
 * many clients that failed together do not come back together.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs(number: number): number {
  return Math.random() * Math.min(CAP_MS, FIRST_MS * 2 ** (number - 1))
}
