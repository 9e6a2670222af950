import { httpErrorOf } from '../api/http-error.ts'
import type { Preferences } from '../api/preferences.ts'
import { decodedBody, drain, keptOpen } from '../api/request-body.ts'
import { completeTicket } from '../handlers/channel-files.ts'
import { Upload } from '../handlers/upload.ts'
import type { MockState } from '../mock-state.ts'
import { emptyResponse, type MockRequest, type MockResponse } from '../server/message.ts'
import type { RequestTarget } from '../server/request-target.ts'
import type { StoredFile } from '../store/rows.ts'
import { download, validatorsOf } from './download.ts'
import { failedPrecondition } from './preconditions.ts'
import { type Target, targetOf } from './signed-urls.ts'
import { expired, noSuchKey, storageError, wantedError } from './storage-error.ts'

/** Imitates the object storage that signed URLs lead to. */
export async function respondFromStorage(
  message: MockRequest,
  { path, query }: RequestTarget,
  { code }: Preferences,
  state: MockState,
): Promise<MockResponse> {
  const httpError = refusalOf(message, path, query, state) ?? wantedError(code)
  const target = targetOf(path)
  if (httpError || !target) {
    await drain(message)
    return httpError ?? noSuchKey()
  }
  if (target.purpose === 'upload') return receive(message, target, state)
  await drain(message)
  if (message.method !== 'GET' && message.method !== 'HEAD') return methodNotAllowed('GET, HEAD')
  const file = fileOf(target, state)
  return file ? download(file, message, state.blobs) : noSuchKey()
}

function refusalOf(
  { headers }: MockRequest,
  path: string,
  query: URLSearchParams,
  state: MockState,
): MockResponse | undefined {
  if (headers.authorization !== undefined) {
    const message = 'Only one auth mechanism allowed: the signature of the URL, or the Authorization header'
    return storageError(400, 'InvalidArgument', message)
  }
  const verdict = state.urls.verify(path, query)
  if (verdict === 'forged') {
    return storageError(403, 'SignatureDoesNotMatch', 'The signature does not match: use the URL byte for byte')
  }
  return verdict === 'expired' ? expired() : undefined
}

/** Takes the bytes for a file that was announced. */
async function receive(message: MockRequest, target: Target, state: MockState): Promise<MockResponse> {
  if (message.method !== 'PUT' && message.method !== 'POST') {
    await drain(message)
    return methodNotAllowed('PUT, POST')
  }
  const source = keptOpen(message)
  let upload: Upload | undefined
  try {
    const file = fileOf(target, state)
    if (failedPrecondition(message.method, message.headers, file && validatorsOf(file))) {
      return storageError(412, 'PreconditionFailed', 'At least one of the preconditions you specified did not hold')
    }
    upload = new Upload(await state.blobs.write(decodedBody(message, source)))
    const { content } = upload
    const isKnown = completeTicket(state, target.container, target.file, () => content)
    if (!isKnown) return noSuchKey()
    upload.take()
    return emptyResponse(200, { etag: `"${content.md5}"` })
  } catch (error) {
    const httpError = httpErrorOf(error)
    if (!httpError) throw error
    const { headers, ...response } = storageError(httpError.status, 'InvalidRequest', httpError.message)
    return { ...response, headers: { ...headers, ...httpError.headers } }
  } finally {
    if (upload && !upload.taken) state.release(upload.content)
    drain(source).catch(() => undefined)
  }
}

function fileOf({ kind, container, file }: Target, { store }: MockState): StoredFile | undefined {
  return kind === 'channels' ? store.channelFiles.get(container, file) : store.bucketFiles.get(container, file)
}

function methodNotAllowed(allow: string): MockResponse {
  const { headers, ...error } = storageError(405, 'MethodNotAllowed', 'The signature is for another method')
  return { ...error, headers: { ...headers, allow } }
}
