/** What the `Request` of the runtime supports. */
interface FetchFeatures {
  /**
   * The redirect mode of an upload: `error`, because with any other fetch keeps a copy of the whole body in memory.
   * Cloudflare Workers do not know it and reject the request; they get `manual`, which follows no redirect either.
   */
  readonly uploadRedirect: 'error' | 'manual'
  /** Keeps runtimes that cache `fetch`, such as Next.js, from returning an old response. Some Workers reject it. */
  readonly cache: { readonly cache?: 'no-store' }
}

let features: FetchFeatures | undefined

export function fetchFeatures(): FetchFeatures {
  features ??= {
    uploadRedirect: supports('redirect', 'error') ? 'error' : 'manual',
    cache: supports('cache', 'no-store') ? { cache: 'no-store' } : {},
  }
  return features
}

function supports(name: 'redirect' | 'cache', value: string): boolean {
  try {
    return new Request('https://localhost', { [name]: value })[name] === value
  } catch {
    return false
  }
}
