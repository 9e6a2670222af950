import { expect, test } from 'vitest'
import { ConflictError } from '../../src/index.ts'
import { abejaAt, errorOf } from '../helpers/abeja.ts'
import { recordingServer } from '../helpers/recording-server.ts'
import { withoutPauses } from '../helpers/without-pauses.ts'

const params = {
  conflict_target: 'filename',
  metadata: { filename: '猫.jpg', label: 'cat' },
  lifetime: '1day' as const,
}
const answered = 'Mon, 01 Jan 2024 00:01:00 GMT'
const conflict = { status: 409, headers: { date: answered }, json: { error: 'conflict', error_description: 'exists' } }
const own = { 'x-abeja-meta-filename': '%E7%8C%AB.jpg', 'x-abeja-meta-label': 'cat' }

withoutPauses()

/** An upload whose first attempt fails with 500 and whose second meets a conflict, in a channel with one file. */
async function uploadAgain(file: {
  readonly uploaded_at: string
  readonly metadata: Readonly<Record<string, string>>
}) {
  const found = {
    file_id: 'stored',
    content_type: 'image/jpeg',
    download_uri: 'https://storage.example.com/f',
    ...file,
  }
  const server = await recordingServer([{ status: 500 }, conflict, { json: { files: [found], next_page_token: null } }])
  return { server, upload: abejaAt(server.url, { maxRetries: 1 }).channels.files.upload('1', 'x', params) }
}

test("a conflict with the file of one's own earlier attempt is a success", async () => {
  const { server, upload } = await uploadAgain({ uploaded_at: '2024-01-01T00:00:59Z', metadata: own })
  expect(await upload).toEqual({
    file_id: 'stored',
    content_type: 'image/jpeg',
    metadata: { filename: '猫.jpg', label: 'cat' },
    system_metadata: {},
    uploaded_at: '2024-01-01T00:00:59Z',
    lifetime: '1day',
  })
  expect(server.requests.map(({ method, query }) => `${method} ${query}`)).toEqual([
    'POST lifetime=1day&conflict_target=filename',
    'POST lifetime=1day&conflict_target=filename',
    'GET sort=-uploaded_at',
  ])
})

test.each([
  ['an older file', { uploaded_at: '2024-01-01T00:00:00Z', metadata: own }],
  [
    'a file of another name',
    { uploaded_at: '2024-01-01T00:00:59Z', metadata: { ...own, 'x-abeja-meta-filename': 'dog.jpg' } },
  ],
  [
    'a file with other metadata',
    { uploaded_at: '2024-01-01T00:00:59Z', metadata: { ...own, 'x-abeja-meta-label': 'dog' } },
  ],
])('a conflict with %s stands', async (_, file) => {
  const { upload } = await uploadAgain(file)
  expect(await errorOf(upload)).toBeInstanceOf(ConflictError)
})

test('without a conflict target an upload that may have arrived is not sent again', async () => {
  const server = await recordingServer([{ status: 500 }])
  const upload = abejaAt(server.url, { maxRetries: 5 }).channels.files.upload('1', 'x')
  expect(await errorOf(upload)).toMatchObject({
    status: 500,
    message: expect.stringContaining('may have been processed'),
  })
  expect(server.requests).toHaveLength(1)
})

test('with a conflict target that the metadata do not hold it is not sent again either: nothing would conflict', async () => {
  const server = await recordingServer([{ status: 500 }])
  const files = abejaAt(server.url, { maxRetries: 5 }).channels.files
  const upload = files.upload('1', 'x', { conflict_target: 'label', metadata: { filename: 'cat.jpg' } })
  expect(await errorOf(upload)).toMatchObject({
    status: 500,
    message: expect.stringContaining('may have been processed'),
  })
  expect(server.requests).toHaveLength(1)
})

test.each([
  ['in other letters', 'x', { 'X-Abeja-Meta-FileName': 'cat.jpg' }],
  ['as the name of a File', new File(['x'], 'cat.jpg'), undefined],
])('a conflict target is held %s', async (_, body, metadata) => {
  const uploaded = { file_id: 'f', content_type: 'text/plain', metadata: {}, uploaded_at: null }
  const server = await recordingServer([{ status: 500 }, { json: uploaded }])
  const files = abejaAt(server.url, { maxRetries: 1 }).channels.files
  expect(await files.upload('1', body, { conflict_target: 'filename', metadata })).toMatchObject({ file_id: 'f' })
})

test('a conflict that cannot be looked into stands', async () => {
  const server = await recordingServer([{ status: 500 }, conflict, { status: 403 }])
  const upload = abejaAt(server.url, { maxRetries: 1 }).channels.files.upload('1', 'x', params)
  expect(await errorOf(upload)).toBeInstanceOf(ConflictError)
  expect(server.requests).toHaveLength(3)
})
