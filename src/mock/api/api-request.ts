import type { MockRequest } from '../server/message.ts'
import type { RequestTarget } from '../server/request-target.ts'
import type { Preferences } from './preferences.ts'
import type { Principal } from './principal.ts'

/** A request to the API, and who makes it. */
export interface ApiRequest {
  readonly message: MockRequest
  readonly target: RequestTarget
  readonly publicUrl: string
  readonly principal: Principal | undefined
  readonly preferences: Preferences
}
