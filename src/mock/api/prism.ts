import nodeModule from 'node:module'
import { constants, runInThisContext } from 'node:vm'
import type { IHttpRequest, PrismHttpComponents } from '@stoplight/prism-http'
import { descriptionOfPlatformRequests } from '../platform-requests.ts'
import type { ApiResponse } from './http-error.ts'
import type { Preferences } from './preferences.ts'
import type { Violation } from './violation.ts'

type Prism = typeof import('@stoplight/prism-http')
type Operations = Awaited<ReturnType<Prism['getHttpOperationsFromSpec']>>
type Diagnostic = { path?: string[]; severity: number; code?: string | number; message: string }

/** One operation of the description, as Prism knows it. */
export type Operation = Operations[number]

/** A request as Prism takes it. Bodies of files are stood for by a placeholder. */
export type PrismRequest = IHttpRequest

/** The result of a request: a response, and the violations of both. */
export interface Outcome {
  readonly response: ApiResponse
  readonly requestViolations: readonly Violation[]
  readonly responseViolations: readonly Violation[]
}

/** A request without a response of Prism. */
export interface Failure {
  readonly failure: { readonly status: number; readonly message: string }
}

const severities = ['Error', 'Warning', 'Information', 'Hint']

/** One line installs all that is used of Prism. `peerDependencies` in package.json has the same ranges. */
const install = 'npm install --save-dev @stoplight/prism-http@5 @stoplight/prism-core@5'

/** The first release, of the one supported major version, that the mock server is tested with. */
const OLDEST = { '@stoplight/prism-http': [5, 12], '@stoplight/prism-core': [5, 8] } as const

/**
 * Prism's engine: it finds the operation of a request, validates credentials, request and response against the description,
 * and responds with examples. Other responses come from `respond`, which replaces Prism's own mock.
 */
export class PrismEngine {
  readonly #prism: Prism
  readonly #operations: Operations
  readonly #logger: PrismHttpComponents['logger']

  private constructor(prism: Prism, operations: Operations, logger: PrismHttpComponents['logger']) {
    this.#prism = prism
    this.#operations = operations
    this.#logger = logger
  }

  /** Loads Prism, which is there only where somebody has installed it. */
  static async load(importPrism = importPeers): Promise<PrismEngine> {
    const [prism, { createLogger }] = await orSayWhatToInstall(importPrism)
    const operations = await prism.getHttpOperationsFromSpec(descriptionOfPlatformRequests())
    return new PrismEngine(prism, operations, createLogger('mock', { level: 'silent' }))
  }

  /** The operation for a method and a path, or why there is none: 404 or 405. */
  async route(method: string, path: string): Promise<{ operation: Operation } | Failure> {
    let operation: Operation | undefined
    const engine = this.#prism.createInstance(
      { ...unchecked, mock: { dynamic: false } },
      {
        logger: this.#logger,
        mock: ({ resource }) => {
          operation = resource
          return () => right({ statusCode: 200 })
        },
      },
    )
    const result = await engine.request({ method: methodOf(method), url: { path } }, this.#operations)()
    if ('left' in result) return { failure: failureOf(result.left) }
    return operation ? { operation } : { failure: { status: 404, message: 'no such operation' } }
  }

  /** Validates a request. If it is valid, `respond` makes the response, which is validated too. */
  async handle(operation: Operation, request: PrismRequest, respond: () => ApiResponse): Promise<Outcome | Failure> {
    return this.#request(
      operation,
      request,
      { dynamic: false },
      {
        logger: this.#logger,
        mock: ({ input }) => {
          const isRejected = input.validations.some(({ severity }) => severity === 0)
          const { status, headers, body } = isRejected ? rejected : respond()
          const texts = Object.entries(headers).map(([name, value]) => [name, String(value)])
          return () => right({ statusCode: status, headers: Object.fromEntries(texts), body })
        },
      },
    )
  }

  /** Validates a request and responds with an example of the description. */
  async example(operation: Operation, request: PrismRequest, wishes: Preferences): Promise<Outcome | Failure> {
    const { code, example, dynamic = false, seed } = wishes
    const mock = {
      dynamic,
      ...(code !== undefined && { code }),
      ...(example !== undefined && { exampleKey: example }),
      ...(seed !== undefined && { seed }),
    }
    return this.#request(operation, request, mock, { logger: this.#logger })
  }

  async #request(
    operation: Operation,
    request: PrismRequest,
    mock: { dynamic: boolean; code?: number; exampleKey?: string; seed?: string },
    components: Parameters<Prism['createInstance']>[1],
  ): Promise<Outcome | Failure> {
    const engine = this.#prism.createInstance({ ...checked, mock }, components)
    const result = await engine.request(request, [operation])()
    if ('left' in result) return { failure: failureOf(result.left) }
    const { output, validations } = result.right
    return {
      response: { status: output.statusCode, headers: { ...output.headers }, body: output.body },
      requestViolations: validations.input.map((diagnostic) => violationOf('request', diagnostic)),
      responseViolations: validations.output.map((diagnostic) => violationOf('response', diagnostic)),
    }
  }
}

const checked = {
  isProxy: false,
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  errors: false,
  upstreamProxy: undefined,
} as const

const unchecked = { ...checked, checkSecurity: false, validateRequest: false, validateResponse: false } as const

/** A placeholder: the caller makes a response of the violations. */
const rejected: ApiResponse = { status: 400, headers: {}, body: undefined }

async function importPeers(): Promise<[Prism, typeof import('@stoplight/prism-core')]> {
  const { createRequire } = process.env.JEST_WORKER_ID === undefined ? nodeModule : await nodeModuleOutsideJest()
  const load = createRequire(import.meta.url)
  for (const [name, oldest] of Object.entries(OLDEST)) checkVersion(name, load(`${name}/package.json`).version, oldest)
  return [load('@stoplight/prism-http'), load('@stoplight/prism-core')]
}

/** An unsupported version would otherwise fail later, in a place that says nothing of its version. */
function checkVersion(name: string, version: string, [major, oldestMinor]: readonly [number, number]): void {
  const [installedMajor, installedMinor = 0] = version.split('.').map(Number)
  if (installedMajor === major && installedMinor >= oldestMinor) return
  const supported = `${major}.${oldestMinor} or a later ${major}.x`
  throw new Error(`${name} must be version ${supported} (installed: ${version}). Install it with: ${install}`)
}

/**
 * The module that makes a `require` of Node itself. The one of Jest resolves the dependencies of Prism for a browser in the
 * environment jsdom, and its `import()` does not work in a CommonJS module.
 */
function nodeModuleOutsideJest(): Promise<typeof nodeModule> {
  const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
  return runInThisContext(`import('node:module')`, { importModuleDynamically })
}

async function orSayWhatToInstall<Peers>(importPrism: () => Promise<Peers>): Promise<Peers> {
  try {
    return await importPrism()
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && String(error.code).endsWith('MODULE_NOT_FOUND')
    if (isMissing) throw new Error(`The mock server needs Prism, which is not installed: ${install}`, { cause: error })
    throw error
  }
}

function right<Value>(value: Value): { _tag: 'Right'; right: Value } {
  return { _tag: 'Right', right: value }
}

function failureOf(error: Error): Failure['failure'] {
  const status = 'status' in error && typeof error.status === 'number' ? error.status : 500
  const detail = 'detail' in error && typeof error.detail === 'string' ? error.detail : error.message
  return { status, message: detail }
}

function violationOf(side: 'request' | 'response', { path = [], severity, code, message }: Diagnostic): Violation {
  return { location: [side, ...path], severity: severities[severity] ?? 'Error', code, message }
}

function methodOf(method: string): IHttpRequest['method'] {
  const known = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const
  return known.find((name) => name === method.toLowerCase()) ?? 'trace'
}
