/** What the page shows, as its address says. */
export interface ViewQuery {
  /** The container that is open. Without one the overview is shown. */
  readonly open?: { readonly kind: 'channel' | 'bucket' | 'trigger'; readonly id: string } | undefined
  /** The folder of a bucket, with a slash behind; empty for the root. */
  readonly folder: string
  readonly search: string
  /** A column, with a hyphen in front for the reverse order. */
  readonly sort: string
  /** From 1 on. */
  readonly page: number
}

const kinds = ['channel', 'bucket', 'trigger'] as const

export function readViewQuery(query: URLSearchParams): ViewQuery {
  const open = query.get('open') ?? ''
  const kind = kinds.find((name) => open.startsWith(`${name}:`))
  const page = Number(query.get('page') ?? 1)
  return {
    open: kind && { kind, id: open.slice(kind.length + 1) },
    folder: query.get('folder') ?? '',
    search: query.get('search') ?? '',
    sort: query.get('sort') ?? '',
    page: Number.isInteger(page) && page > 0 ? page : 1,
  }
}

/** The address of the same view with changes. Whatever changes but the page begins at its first page. */
export function linkTo(view: ViewQuery, changes: Partial<ViewQuery>): string {
  const { open, folder, search, sort, page } = { ...view, page: 1, ...changes }
  const parameters = Object.entries({
    open: open ? `${open.kind}:${open.id}` : '',
    ...{ folder, search, sort },
    page: page > 1 ? String(page) : '',
  }).filter(([, value]) => value !== '')
  return `?${new URLSearchParams(parameters)}`
}

/** The address of an open container, seen from the beginning. */
export function linkToContainer(kind: 'channel' | 'bucket' | 'trigger', id: string): string {
  return linkTo({ folder: '', search: '', sort: '', page: 1 }, { open: { kind, id } })
}
