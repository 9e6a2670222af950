import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { uploadBucketFilesResult, uploadDirectory } from '../../src/node.ts'
import { abejaAt } from '../helpers/abeja.ts'
import { partsOf } from '../helpers/multipart.ts'
import { headerOf, recordingServer } from '../helpers/recording-server.ts'
import { directoryWith } from './directory.ts'

interface Recording {
  readonly id: string
  readonly args: {
    readonly organization_id: string
    readonly bucket_id: string
    readonly target_dir: { readonly $dir: readonly (readonly [string, string])[]; readonly suffix?: string }
    readonly lifetime?: '1day'
  }
  readonly credential: { readonly user_id: string; readonly personal_access_token: string }
  readonly responses: readonly { readonly json: unknown }[]
  readonly requests: readonly {
    readonly method: string
    readonly path: string
    readonly query: string | null
    readonly headers: readonly (readonly [string, string])[]
    readonly body: { readonly parts: readonly RecordedPart[] }
  }[]
  readonly outcome: { readonly value: unknown }
}

interface RecordedPart {
  readonly headers: readonly (readonly [string, string])[]
  readonly content_b64: string
  readonly json?: unknown
}

const { cases }: { cases: Recording[] } = JSON.parse(
  await readFile(new URL('../wire/vectors.json', import.meta.url), 'utf8'),
)

test.each(cases.filter(({ id }) => id.startsWith('upload_bucket_files/')))(
  '$id goes out as recorded',
  async (recording) => {
    const { args, credential, responses, requests, outcome } = recording
    const server = await recordingServer(() => ({ json: responses[0]?.json }))
    const files = args.target_dir.$dir.map(([path, content]) => [path, Buffer.from(content, 'base64')])
    const dir = `${await directoryWith(Object.fromEntries(files))}${args.target_dir.suffix ?? ''}`
    const abeja = abejaAt(server.url, {
      organizationId: args.organization_id,
      credential: { userId: credential.user_id, personalAccessToken: credential.personal_access_token },
    })
    const { lifetime } = args
    const report = await uploadDirectory(abeja.buckets.files.in(args.bucket_id), dir, { lifetime, concurrency: 1 })

    expect(uploadBucketFilesResult(report)).toEqual(outcome.value)
    const sent = server.requests.map((request) => ({
      ...{ method: request.method, path: request.path, query: request.query },
      authorization: headerOf(request, 'authorization'),
      filename: headerOf(request, 'x-abeja-meta-filename'),
      parts: partsOf(request).map(({ headers, content }) => {
        const isJson = headers.some(([, value]) => value.includes('params.json'))
        return { headers, content: isJson ? JSON.parse(content.toString()) : content.toString('base64') }
      }),
    }))
    const recorded = requests.map(({ method, path, query, headers, body }) => ({
      ...{ method, path, query },
      authorization: headerValue(headers, 'Authorization'),
      filename: headerValue(headers, 'x-abeja-meta-filename'),
      parts: body.parts.map((part) => {
        const isJson = part.headers.some(([, value]) => value.includes('params.json'))
        return { headers: part.headers, content: isJson ? part.json : part.content_b64 }
      }),
    }))
    expect(sent).toEqual(recorded)
  },
)

test('a failure stands in the documented result', async () => {
  const server = await recordingServer(() => ({ status: 400 }))
  const report = await uploadDirectory(abejaAt(server.url).buckets.files.in('2'), await directoryWith({ 'a/b': '' }))
  expect(uploadBucketFilesResult(report)).toEqual({
    status: false,
    error_messages: [{ message: 'Upload failed. file (a/b)' }],
  })
})

function headerValue(headers: readonly (readonly [string, string])[], name: string): string | undefined {
  return headers.find(([given]) => given === name)?.[1]
}
