/** Calls a listener of the caller. Errors that it throws, and rejections of its promise, are ignored. */
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
