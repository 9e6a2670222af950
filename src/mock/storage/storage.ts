import { httpErrorOf } from '../api/answer.ts'
import type { Preferences } from '../api/preferences.ts'
import { decodedBody, drain, keptOpen } from '../api/request-body.ts'
import { completeTicket } from '../handlers/channel-files.ts'
import { Upload } from '../handlers/upload.ts'
import { emptyResponse, type MockRequest, type MockResponse } from '../server/message.ts'
import type { RequestTarget } from '../server/request-target.ts'
import type { StoredFile } from '../store/rows.ts'
import type { World } from '../world.ts'
import { download, validatorsOf } from './download.ts'
import { failedPrecondition } from './preconditions.ts'
import { type Target, targetOf } from './signed-urls.ts'
import { expired, noSuchKey, storageError, wantedError } from './storage-error.ts'

/** Imitates the object storage that signed URLs lead to. */
export async function answerStorage(
  message: MockRequest,
  { path, query }: RequestTarget,
  { code }: Preferences,
  world: World,
): Promise<MockResponse> {
  const httpError = refusalOf(message, path, query, world) ?? wantedError(code)
  const target = targetOf(path)
  if (httpError || !target) {
    await drain(message)
    return httpError ?? noSuchKey()
  }
  if (target.purpose === 'upload') return receive(message, target, world)
  await drain(message)
  if (message.method !== 'GET' && message.method !== 'HEAD') return methodNotAllowed('GET, HEAD')
  const file = fileOf(target, world)
  return file ? download(file, message, world.blobs) : noSuchKey()
}

function refusalOf(
  { headers }: MockRequest,
  path: string,
  query: URLSearchParams,
  world: World,
): MockResponse | undefined {
  if (headers.authorization !== undefined) {
    const message = 'Only one auth mechanism allowed: the signature of the URL, or the Authorization header'
    return storageError(400, 'InvalidArgument', message)
  }
  const verdict = world.urls.verify(path, query)
  if (verdict === 'forged') {
    return storageError(403, 'SignatureDoesNotMatch', 'The signature does not match: use the URL byte for byte')
  }
  return verdict === 'expired' ? expired() : undefined
}

/** Takes the bytes for a file that was announced. */
async function receive(message: MockRequest, target: Target, world: World): Promise<MockResponse> {
  if (message.method !== 'PUT' && message.method !== 'POST') {
    await drain(message)
    return methodNotAllowed('PUT, POST')
  }
  const source = keptOpen(message)
  let upload: Upload | undefined
  try {
    const file = fileOf(target, world)
    if (failedPrecondition(message.method, message.headers, file && validatorsOf(file))) {
      return storageError(412, 'PreconditionFailed', 'At least one of the preconditions you specified did not hold')
    }
    upload = new Upload(await world.blobs.write(decodedBody(message, source)))
    const { content } = upload
    const isKnown = completeTicket(world, target.container, target.file, () => content)
    if (!isKnown) return noSuchKey()
    upload.take()
    return emptyResponse(200, { etag: `"${content.md5}"` })
  } catch (error) {
    const httpError = httpErrorOf(error)
    if (!httpError) throw error
    const { headers, ...response } = storageError(httpError.status, 'InvalidRequest', httpError.message)
    return { ...response, headers: { ...headers, ...httpError.headers } }
  } finally {
    if (upload && !upload.taken) world.release(upload.content)
    drain(source).catch(() => undefined)
  }
}

function fileOf({ kind, container, file }: Target, { store }: World): StoredFile | undefined {
  return kind === 'channels' ? store.channelFiles.get(container, file) : store.bucketFiles.get(container, file)
}

function methodNotAllowed(allow: string): MockResponse {
  const { headers, ...error } = storageError(405, 'MethodNotAllowed', 'The signature is for another method')
  return { ...error, headers: { ...headers, allow } }
}
