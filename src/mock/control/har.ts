import { version } from '../../../generated/version.ts'
import type { LoggedMessage } from '../server/exchange.ts'
import type { LoggedRequest } from '../server/request-log.ts'
import { requestTargetOf } from '../server/request-target.ts'

/** A request log in the HTTP Archive format, version 1.2, which browsers and many tools open. */
export interface Har {
  readonly log: {
    readonly version: '1.2'
    readonly creator: { readonly name: string; readonly version: string }
    readonly entries: readonly object[]
  }
}

/** The requests as HAR. `baseUrl` is where the server is: the log holds paths only. */
export function harOf(requests: readonly LoggedRequest[], baseUrl: string): Har {
  const creator = { name: 'abeja-platform-client mock', version }
  return { log: { version: '1.2', creator, entries: requests.map((request) => entryOf(request, baseUrl)) } }
}

function entryOf(logged: LoggedRequest, baseUrl: string): object {
  const { time, durationMs, method, target, status, operationId, violations } = logged
  const { request = empty, response = empty } = logged
  const { query } = requestTargetOf(target)
  const type = (message: LoggedMessage) => message.headers['content-type'] ?? ''
  return {
    startedDateTime: new Date(time).toISOString(),
    time: durationMs,
    request: {
      method,
      url: baseUrl + target,
      ...common(request),
      queryString: [...query].map(([name, value]) => ({ name, value })),
      bodySize: request.bodySize,
      ...(request.body !== undefined && { postData: { mimeType: type(request), text: request.body } }),
    },
    response: {
      status,
      statusText: '',
      ...common(response),
      content: {
        size: response.bodySize,
        mimeType: type(response),
        ...(response.body !== undefined && { text: response.body }),
      },
      redirectURL: response.headers.location ?? '',
      bodySize: response.bodySize,
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    ...(operationId !== undefined && { _operationId: operationId }),
    ...(violations.length > 0 && { _violations: violations }),
  }
}

const empty: LoggedMessage = { headers: {}, bodySize: 0 }

function common({ headers }: LoggedMessage): object {
  return {
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    headersSize: -1,
  }
}
