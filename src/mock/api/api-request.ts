import type { IncomingMessage } from 'node:http'
import type { RequestTarget } from '../server/request-target.ts'
import type { Preferences } from './preferences.ts'
import type { Principal } from './principal.ts'

/** A request to the API, and who makes it. */
export interface ApiRequest {
  readonly message: IncomingMessage
  readonly target: RequestTarget
  readonly publicUrl: string
  readonly principal: Principal | undefined
  readonly preferences: Preferences
}
