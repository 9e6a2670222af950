import { type OperationId, templateOf } from '../description.ts'
import { type Call, type Handler, Query } from '../handlers/call.ts'
import { handlers } from '../handlers/handlers.ts'
import { organizationId } from '../handlers/organizations.ts'
import { metadataOfHeaders } from '../metadata.ts'
import type { MockState } from '../mock-state.ts'
import type { JsonBody } from '../platform-requests.ts'
import type { Store } from '../store/store.ts'
import { pathParameters } from './api-path.ts'
import type { ApiRequest } from './api-request.ts'
import { type ApiResult, errorResult, unauthorized } from './api-result.ts'
import { badRequest, HttpError } from './http-error.ts'
import type { ReadBody } from './request-body.ts'

/** Calls the handler of an operation. */
export function dispatch<K extends OperationId>(
  id: K,
  state: MockState,
  path: string,
  request: ApiRequest,
  read: ReadBody,
): ApiResult {
  const handler: Handler<K> | undefined = handlers[id]
  if (handler === undefined) throw new Error(`${id} has no handler`)
  // Prism lets nobody pass without a credential.
  const { principal } = request
  if (principal === undefined) return errorResult(unauthorized(), id)
  // Prism knows nothing of what is wrong with the real body, only with its placeholder.
  if (read.violations.length > 0) return errorResult(badRequest(read.violations), id)
  const { headers } = request.message
  const call: Call<K> = {
    state,
    store: state.store,
    now: state.clock(),
    publicUrl: request.publicUrl,
    principal,
    path: withOrganizationId(pathParameters(templateOf(id), path), state.store),
    query: new Query(request.target.query),
    json: validated(read.text),
    metadata: metadataOfHeaders(headers),
    contentType: headers['content-type'] ?? 'application/octet-stream',
    upload: read.upload,
    form: read.form,
  }
  try {
    const body = state.store.transaction(() => handler(call))
    return { response: { status: 200, headers: { 'content-type': 'application/json' }, body }, violations: [] }
  } catch (error) {
    call.upload?.putBack()
    if (error instanceof HttpError) return errorResult(error, id)
    throw error
  }
}

function withOrganizationId(path: Record<string, string>, store: Store): Record<string, string> {
  const { organization_id } = path
  return organization_id === undefined ? path : { ...path, organization_id: organizationId(store, organization_id) }
}

/** A body that Prism has checked against the schema that the type is made of. */
function validated<K extends OperationId>(text = 'null'): JsonBody<K> {
  return JSON.parse(text)
}
