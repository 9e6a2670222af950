import { randomUUID } from 'node:crypto'
import { HttpError } from '../api/http-error.ts'
import type { MockRequest } from '../server/message.ts'
import { type RequestTarget, requestTargetOf } from '../server/request-target.ts'
import type { Workspace } from './workspace.ts'

/** The header that names the workspace of a request. */
export const workspaceHeader = 'x-mock-workspace'

/** What the paths of a workspace begin with, followed by its name. */
const prefixOfAll = '/_workspaces/'

/** So many can be open at once: a mistake in a test must not fill the memory. */
const mostOpen = 10_000

/** The workspaces of a server: the default one, and those that are opened by name. */
export class Workspaces {
  readonly default: Workspace
  readonly #create: (name: string, prefix: string) => Workspace
  readonly #open = new Map<string, Workspace>()

  /** `create` makes a workspace with the state of the seed. */
  constructor(create: (name: string, prefix: string) => Workspace, defaultWorkspace: Workspace) {
    this.#create = create
    this.default = defaultWorkspace
  }

  /** All that are open, the default one first. */
  get all(): readonly Workspace[] {
    return [this.default, ...this.#open.values()]
  }

  has(name: string): boolean {
    return name === this.default.name || this.#open.has(name)
  }

  /** The workspace with a name. It is opened if it is not open yet. */
  get(name: string): Workspace {
    if (name === this.default.name) return this.default
    const open = this.#open.get(name)
    if (open) return open
    const prefix = this.prefixOf(name)
    if (this.#open.size >= mostOpen) throw new HttpError(507, `No more than ${mostOpen} workspaces can be open at once`)
    const created = this.#create(name, prefix)
    this.#open.set(name, created)
    return created
  }

  /** What the paths of a workspace begin with, whether it is open or not. Throws if it cannot be its name. */
  prefixOf(name: string): string {
    if (name === this.default.name) return ''
    checkName(name)
    return prefixOfAll + name
  }

  /** Closes a workspace. What is stored in it is gone. The default one stays. Returns whether it was open. */
  close(name: string): boolean {
    const workspace = this.#open.get(name)
    workspace?.discard()
    return this.#open.delete(name)
  }

  /** The workspace that a request names in a header or in its path, and its target without that prefix. */
  select(request: MockRequest): { workspace: Workspace; target: RequestTarget } {
    const target = requestTargetOf(request.url)
    const header = request.headers[workspaceHeader]
    const named = header === undefined ? undefined : String(header)
    if (!target.path.startsWith(prefixOfAll)) return { workspace: this.get(named ?? this.default.name), target }
    const [, inPath = '', rest = ''] = /^\/_workspaces\/([^/?]*)(.*)$/s.exec(target.text) ?? []
    if (named !== undefined && named !== inPath) {
      throw new HttpError(400, `${workspaceHeader} and the path name two workspaces: "${named}" and "${inPath}"`)
    }
    return { workspace: this.get(inPath), target: requestTargetOf(rest.startsWith('/') ? rest : `/${rest}`) }
  }
}

/** A name that no other workspace has. */
export function newWorkspaceName(): string {
  return randomUUID()
}

function checkName(name: string): void {
  if (/^[\w.~-]{1,64}$/.test(name) && !/^\.+$/.test(name)) return
  throw new HttpError(
    400,
    `Invalid workspace name: must be 1 to 64 letters, digits or any of . _ ~ - (received "${name}"). Set ${workspaceHeader} to such a name.`,
  )
}
