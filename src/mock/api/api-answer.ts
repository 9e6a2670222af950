import type { OperationId } from '../description.ts'
import { type Answer, answerTo, HttpError } from './answer.ts'
import { type Violation, violation, violationsHeader } from './violation.ts'

/** A response of the API, with what the log records of it. */
export interface ApiAnswer {
  readonly answer: Answer
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

export function errorAnswer(httpError: HttpError, operationId?: OperationId): ApiAnswer {
  const answer = withViolations(answerTo(httpError), httpError.violations)
  return { answer, violations: httpError.violations, ...(operationId && { operationId }) }
}

/** Reports violations of a request that was processed nevertheless. */
export function withWarnings(result: ApiAnswer, warnings: readonly Violation[]): ApiAnswer {
  if (warnings.length === 0) return result
  const violations = [...result.violations, ...warnings]
  return { ...result, answer: withViolations(result.answer, violations), violations }
}

export function withViolations(answer: Answer, violations: readonly Violation[]): Answer {
  if (violations.length === 0) return answer
  return { ...answer, headers: { ...answer.headers, 'sl-violations': violationsHeader(violations) } }
}
