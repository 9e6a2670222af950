import { type OperationId, templateOf } from '../description.ts'
import { type Call, type Handler, Query } from '../handlers/call.ts'
import { handlers } from '../handlers/handlers.ts'
import { organizationId } from '../handlers/organizations.ts'
import { metadataOfHeaders } from '../metadata.ts'
import type { JsonBody } from '../platform-requests.ts'
import type { Store } from '../store/store.ts'
import type { World } from '../world.ts'
import { badRequest, HttpError } from './answer.ts'
import { type ApiAnswer, errorAnswer, unauthorized } from './api-answer.ts'
import { pathParameters } from './api-path.ts'
import type { ApiRequest } from './api-request.ts'
import type { ReadBody } from './request-body.ts'

/** Calls the handler of an operation. */
export function dispatch<K extends OperationId>(
  id: K,
  world: World,
  path: string,
  request: ApiRequest,
  read: ReadBody,
): ApiAnswer {
  const handler: Handler<K> | undefined = handlers[id]
  if (handler === undefined) throw new Error(`${id} has no handler`)
  // Prism lets nobody pass without a credential.
  const { principal } = request
  if (principal === undefined) return errorAnswer(unauthorized(), id)
  // Prism knows nothing of what is wrong with the real body, only with its placeholder.
  if (read.violations.length > 0) return errorAnswer(badRequest(read.violations), id)
  const { headers } = request.message
  const call: Call<K> = {
    world,
    store: world.store,
    now: world.clock(),
    publicUrl: request.publicUrl,
    principal,
    path: withOrganizationId(pathParameters(templateOf(id), path), world.store),
    query: new Query(request.target.query),
    json: validated(read.text),
    metadata: metadataOfHeaders(headers),
    contentType: headers['content-type'] ?? 'application/octet-stream',
    upload: read.upload,
    form: read.form,
  }
  try {
    const body = world.store.transaction(() => handler(call))
    return { answer: { status: 200, headers: { 'content-type': 'application/json' }, body }, violations: [] }
  } catch (error) {
    call.upload?.putBack()
    if (error instanceof HttpError) return errorAnswer(error, id)
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
