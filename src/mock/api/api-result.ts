import type { OperationId } from '../description.ts'
import { type ApiResponse, errorResponse, HttpError } from './http-error.ts'
import { type Violation, violation, violationsHeader } from './violation.ts'

/** A response of the API, with what the log records of it. */
export interface ApiResult {
  readonly response: ApiResponse
  readonly operationId?: OperationId
  readonly violations: readonly Violation[]
}

/** The error of a request without a valid credential. */
export function unauthorized(): HttpError {
  return new HttpError(401, 'authentication failed', {
    violations: [violation(['header', 'authorization'], 'is missing, malformed or not accepted', 401)],
    headers: { 'www-authenticate': 'Basic realm="abeja", Bearer realm="abeja"' },
  })
}

export function errorResult(httpError: HttpError, operationId?: OperationId): ApiResult {
  const response = withViolations(errorResponse(httpError), httpError.violations)
  return { response, violations: httpError.violations, ...(operationId && { operationId }) }
}

/** Reports violations of a request that was processed nevertheless. */
export function withWarnings(result: ApiResult, warnings: readonly Violation[]): ApiResult {
  if (warnings.length === 0) return result
  const violations = [...result.violations, ...warnings]
  return { ...result, response: withViolations(result.response, violations), violations }
}

export function withViolations(response: ApiResponse, violations: readonly Violation[]): ApiResponse {
  if (violations.length === 0) return response
  return { ...response, headers: { ...response.headers, 'sl-violations': violationsHeader(violations) } }
}
