import type { OperationId } from '../../generated/operations.ts'
import type { operations } from '../../generated/schema.d.ts'

type ParametersOf<Id extends OperationId> = operations[Id]['parameters']

/** The ids in the path of an operation, without the organization, which the client adds. */
export type PathOf<Id extends OperationId> = Omit<ParametersOf<Id>['path'], 'organization_id'>

/** The query of an operation. */
export type QueryOf<Id extends OperationId> = NonNullable<ParametersOf<Id>['query']>

/** The JSON body of an operation. */
export type JsonBodyOf<Id extends OperationId> = operations[Id] extends {
  requestBody: { content: { 'application/json': infer Body } }
}
  ? Body
  : never

/** The body of a successful response of an operation. */
export type ResponseOf<Id extends OperationId> = operations[Id]['responses'][200]['content']['application/json']
