/**
 * Calls a listener of the caller. A listener only watches: what it throws, or a promise of it that rejects, changes nothing.
 */
export function callListener<Args extends readonly unknown[]>(
  listener: ((...args: Args) => unknown) | null | undefined,
  ...args: Args
): void {
  try {
    const result = listener?.(...args)
    if (isThenable(result)) result.then(undefined, () => {})
  } catch {}
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
