import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operations } from '../../generated/operations.ts'
import { type Mock, startMock } from '../../src/mock.ts'

// The Postman collection and the .http file, sent to the mock server as their programs send them.

interface Sent {
  readonly name: string
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | FormData | undefined
}

interface PostmanItem {
  readonly name: string
  readonly request: {
    readonly method: string
    readonly url: string
    readonly header: readonly { readonly key: string; readonly value: string }[]
    readonly body?: {
      readonly raw?: string
      readonly formdata?: readonly { key: string; value: string; contentType: string; fileName: string }[]
    }
  }
}

const generated = (name: string) => readFileSync(new URL(`../../generated/${name}`, import.meta.url), 'utf8')

function postmanRequests(): Sent[] {
  const collection: { item: { item: PostmanItem[] }[] } = JSON.parse(generated('abeja.postman_collection.json'))
  return collection.item.flatMap(({ item }) =>
    item.map(({ name, request: { method, url, header, body } }) => {
      const form = new FormData()
      for (const { key, value, contentType, fileName } of body?.formdata ?? []) {
        form.append(key, new File([value], fileName, { type: contentType }))
      }
      const headers = Object.fromEntries(header.map(({ key, value }) => [key, value]))
      return { name, method, url, headers, body: body?.formdata === undefined ? body?.raw : form }
    }),
  )
}

function httpFileRequests(): Sent[] {
  const [, ...requests] = generated('abeja.http').split(/^### /m)
  return requests.map((text) => {
    const [head = '', ...content] = text.trimEnd().split('\n\n')
    const [name = '', line = '', ...headers] = head.split('\n')
    const [method = '', url = ''] = line.split(' ')
    const pairs = headers.map((header) => header.split(': '))
    // The editor encodes the credential; the test sends its own.
    const own = Object.fromEntries(pairs.filter(([key]) => key !== 'Authorization'))
    const isForm = pairs.some(([, value]) => value?.startsWith('multipart/'))
    const body = content.length === 0 ? undefined : content.join('\n\n')
    return { name, method, url, headers: own, body: isForm ? body?.replaceAll('\n', '\r\n') : body }
  })
}

describe.each([
  ['the Postman collection', postmanRequests()],
  ['the .http file', httpFileRequests()],
])('%s', (_, requests) => {
  let mock: Mock

  beforeAll(async () => {
    mock = await startMock({ static: true, strict: true })
  })
  afterAll(() => mock.stop())

  test('has a request for every operation', () => {
    expect(requests.map(({ name }) => name).sort()).toEqual(Object.keys(operations).sort())
  })

  test.each(requests)('sends a valid $name', async ({ method, url, headers, body }) => {
    const target = url.replace('{{baseUrl}}', mock.url).replace('{{organizationId}}', '1234567890123')
    const authorization = `Basic ${btoa('user-1122334455667:token')}`
    const response = await fetch(target, { method, headers: { ...headers, authorization }, body: body ?? null })

    expect([response.status, response.headers.get('sl-violations'), await response.text()]).toEqual([
      200,
      null,
      expect.anything(),
    ])
  })
})
