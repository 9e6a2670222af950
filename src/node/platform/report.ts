import type { OperationId } from '../../../generated/operations.ts'
import type { DifferenceKind } from '../../contract/contract.ts'

/** A difference between the platform and the description. */
export interface PlatformDifference {
  readonly operationId: OperationId | undefined
  /** `behavior`: each response matches its schema, but together they do not show the expected behavior. */
  readonly kind: DifferenceKind | 'behavior'
  /** Such as `response.body.channels[].name`, or the name of a behavior. */
  readonly location: string
  readonly message: string
  /** How many responses show it. */
  readonly count: number
}

/** How the platform behaves where no document says it. */
export interface PlatformBehavior {
  readonly name: string
  readonly operationId: OperationId
  readonly expected: string
  readonly observed: string
}

/** What a check found. Plain JSON. */
export interface PlatformReport {
  readonly version: 1
  readonly baseUrl: string
  readonly readOnly: boolean
  /** ISO 8601. */
  readonly startedAt: string
  /** How many responses of the API were compared. */
  readonly responses: number
  /** Operations whose responses all match the description, with their number. */
  readonly agrees: readonly { readonly operationId: OperationId; readonly responses: number }[]
  readonly differs: readonly PlatformDifference[]
  /** Everything that was observed, as expected or not. */
  readonly behaviors: readonly PlatformBehavior[]
  readonly notTried: readonly { readonly operationId: OperationId; readonly reason: string }[]
  /** Containers that were made and archived. */
  readonly leftBehind: readonly {
    readonly kind: 'channel' | 'bucket'
    readonly id: string
    readonly archived: boolean
  }[]
}

/** Puts equal differences together; the positions in a list make no difference. */
export function distinctDifferences(
  differences: readonly Omit<PlatformDifference, 'count'>[],
): readonly PlatformDifference[] {
  const found = new Map<string, PlatformDifference>()
  for (const one of differences) {
    const key = JSON.stringify([one.operationId, one.kind, one.location, one.message])
    found.set(key, { ...one, count: (found.get(key)?.count ?? 0) + 1 })
  }
  return [...found.values()]
}

/** `response.body.files[].name` of the location of a difference. */
export function locationText(location: readonly string[]): string {
  return location.reduce(
    (text, part) => (/^\d+$/.test(part) ? `${text}[]` : text === '' ? part : `${text}.${part}`),
    '',
  )
}
