import type { OperationId } from '../../generated/operations.ts'
import type { operations } from '../../generated/schema.d.ts'
import { type ApiError, isAbejaError } from './errors.ts'

/** The statuses of an operation's documented errors. */
export type ErrorStatusOf<Id extends OperationId> = Exclude<keyof operations[Id]['responses'], 200 | 204 | 'default'>

/** The body of a documented error. */
export type ErrorBodyOf<
  Id extends OperationId,
  Status extends ErrorStatusOf<Id>,
> = operations[Id]['responses'][Status] extends { content: { 'application/json': infer Body } } ? Body : never

/**
 * Whether a value is an error response of the server. With an operation and a status, whether it is that one: then `body`
 * has the type that the description states. A proxy can send another body, such as a page.
 *
 * @example
 * catch (error) {
 *   if (isApiError(error, 'getChannel', 404)) console.log(error.body?.error_description)
 * }
 */
export function isApiError(value: unknown): value is ApiError
export function isApiError<Id extends OperationId>(
  value: unknown,
  operationId: Id,
): value is ApiError & { readonly operationId: Id }
export function isApiError<Id extends OperationId, Status extends ErrorStatusOf<Id>>(
  value: unknown,
  operationId: Id,
  status: Status,
): value is ApiError & {
  readonly operationId: Id
  readonly status: Status
  /** Undefined when the server sent none. */
  readonly body: ErrorBodyOf<Id, Status> | undefined
}
export function isApiError(value: unknown, operationId?: OperationId, status?: PropertyKey): boolean {
  if (!isAbejaError(value) || !API_ERRORS.has(value.name)) return false
  if (operationId !== undefined && value.operationId !== operationId) return false
  return status === undefined || value.status === status
}

/** By name and not by class: an error of another copy of the package is one too. */
const API_ERRORS = new Set([
  'ApiError',
  'BadRequestError',
  'UnauthorizedError',
  'ForbiddenError',
  'NotFoundError',
  'ConflictError',
  'RateLimitError',
  'InternalServerError',
])
