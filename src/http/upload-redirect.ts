let supported: 'error' | 'manual' | undefined

/**
 * The redirect mode of an upload: `error`, because with any other fetch keeps a copy of the whole body in memory.
 * Cloudflare's workers do not know it and refuse the request; they get `manual`, which follows no redirect either.
 */
export function uploadRedirect(): 'error' | 'manual' {
  supported ??= knowsError() ? 'error' : 'manual'
  return supported
}

function knowsError(): boolean {
  try {
    return new Request('https://localhost', { redirect: 'error' }).redirect === 'error'
  } catch {
    return false
  }
}
