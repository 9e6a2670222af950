import type { OperationId } from '../description.ts'
import { type Answer, answerTo, Refusal } from './answer.ts'
import { type Violation, violation, violationsHeader } from './violation.ts'

/** An answer of the API, and what the log tells of it. */
export interface ApiAnswer {
  readonly answer: Answer
  readonly operationId?: OperationId
  readonly violations: readonly Violation[]
}

/** Nobody who may has asked. */
export function unauthorized(): Refusal {
  return new Refusal(401, 'authentication failed', {
    violations: [violation(['header', 'authorization'], 'is missing, malformed or not accepted', 401)],
    headers: { 'www-authenticate': 'Basic realm="abeja", Bearer realm="abeja"' },
  })
}

export function refused(refusal: Refusal, operationId?: OperationId): ApiAnswer {
  const answer = withViolations(answerTo(refusal), refusal.violations)
  return { answer, violations: refusal.violations, ...(operationId && { operationId }) }
}

/** Tells of what is odd about a request that was answered all the same. */
export function withWarnings(result: ApiAnswer, warnings: readonly Violation[]): ApiAnswer {
  if (warnings.length === 0) return result
  const violations = [...result.violations, ...warnings]
  return { ...result, answer: withViolations(result.answer, violations), violations }
}

export function withViolations(answer: Answer, violations: readonly Violation[]): Answer {
  if (violations.length === 0) return answer
  return { ...answer, headers: { ...answer.headers, 'sl-violations': violationsHeader(violations) } }
}
