import { AbejaClient, isAbejaError, type Progress } from '../../src/index.ts'

/** Uses the client in a page or a worker. Returns plain data that can be passed out of the browser. */
async function exerciseClient(baseUrl: string) {
  const abeja = new AbejaClient({
    baseUrl,
    organizationId: '1234567890123',
    credential: { authToken: 'any' },
    maxRetries: 1,
    // Passed as a function without its object, as programs do that wrap it.
    fetch: globalThis.fetch,
  })
  const channel = await abeja.channels.create({ name: 'browser', description: 'test', storage_type: 'datalake' })
  const bytes = crypto.getRandomValues(new Uint8Array(60_000))
  const progress: Progress[] = []
  const file = new File([bytes, bytes], '写真.png', { type: 'image/png' })
  const uploaded = await abeja.channels.files.upload(
    channel.channel_id,
    file,
    { lifetime: '1day' },
    { onProgress: (step) => progress.push(step) },
  )
  await abeja.buckets.files.upload('1230000000000', 'from/browser.csv', 'a,b\n')
  await abeja.buckets.files.upload('1230000000000', 'from/streamed.txt', new Blob(['from', ' a ', 'stream']).stream())
  const listed = await abeja.channels.files.list(channel.channel_id).toArray()
  const download = await abeja.channels.files.download(channel.channel_id, uploaded.file_id)
  const came = await download.bytes()
  return {
    listed: listed.map(({ metadata, content_type }) => ({ metadata, content_type })),
    isSame: came.byteLength === 120_000 && came.every((byte, at) => byte === bytes[at % 60_000]),
    progress,
    streamed: await piecesOf(await abeja.buckets.files.download('1230000000000', 'from/streamed.txt')),
    bucketText: await (await abeja.buckets.files.download('1230000000000', 'from/browser.csv')).text(),
    missing: await failureOf(abeja.channels.get('404')),
    refused: await failureOf(abeja.channels.get('..')),
    unreachable: await failureOf(
      new AbejaClient({
        baseUrl: 'http://127.0.0.1:9',
        organizationId: '1',
        credential: null,
        maxRetries: 0,
      }).channels.get('1'),
    ),
    aborted: await failureOf(abeja.channels.list({}, { signal: AbortSignal.abort('enough') }).toArray()),
  }
}

async function piecesOf(download: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const piece of download) text += decoder.decode(piece, { stream: true })
  return text
}

async function failureOf(work: Promise<unknown>) {
  try {
    await work
    return undefined
  } catch (error) {
    if (!isAbejaError(error)) return { name: String(error), status: undefined }
    return { name: error.name, status: error.status }
  }
}

declare global {
  var exercise: typeof exerciseClient
}
globalThis.exercise = exerciseClient
