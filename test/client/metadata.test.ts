import { describe, expect, test } from 'vitest'
import { InvalidRequestError, type Metadata } from '../../src/index.ts'
import { decodeMetadata, metadataBody, metadataHeaders } from '../../src/metadata/metadata-codec.ts'

describe.each([
  ['headers', metadataHeaders],
  ['a body', metadataBody],
])('metadata as %s', (_, encode) => {
  test.each<[string, Record<string, string>]>([
    ['with and without its prefix', { 'x-abeja-meta-a': '1', a: '2' }],
    ['in upper and lower case', { A: '1', a: '2' }],
    ['with a prefix in upper case', { 'X-Abeja-Meta-A': '1', a: '2' }],
  ])('rejects a key that is given twice, %s', (_what, metadata) => {
    expect(() => encode(metadata)).toThrow(/Invalid metadata key "a": it is the same key as "[^"]+"/)
  })

  test.each<[string, object]>([
    ['a Map', new Map([['label', 'cat']])],
    ['Headers', new Headers({ label: 'cat' })],
    ['pairs', [['label', 'cat']]],
    ['an object without a prototype', Object.assign(Object.create(null), { label: 'cat' })],
  ])('accepts %s', (_what, metadata) => {
    expect(encode(untyped(metadata))).toEqual({ 'x-abeja-meta-label': 'cat' })
  })

  test.each<[string, unknown]>([
    ['a string', 'label'],
    ['a Date', new Date()],
    ['an array of strings', ['label', 'cat']],
    ['an object of a class', new URL('https://example.com')],
  ])('rejects %s instead of losing it', (_what, metadata) => {
    expect(() => encode(untyped(metadata))).toThrow(InvalidRequestError)
  })
})

describe('metadata as headers', () => {
  test.each([
    ['plain text', { filename: 'cat.jpg' }, { 'x-abeja-meta-filename': 'cat.jpg' }],
    ['no metadata', {}, {}],
    ['Japanese', { キー: '日本' }, { 'x-abeja-meta-%E3%82%AD%E3%83%BC': '%E6%97%A5%E6%9C%AC' }],
    ['a slash, plain in a value and encoded in a key', { 'a/b': 'c/d' }, { 'x-abeja-meta-a%2Fb': 'c/d' }],
    ['a prefix that is there already', { 'x-abeja-meta-label': 'cat' }, { 'x-abeja-meta-label': 'cat' }],
    ['a prefix in capitals', { 'X-Abeja-Meta-label': 'cat' }, { 'x-abeja-meta-label': 'cat' }],
    [
      'a line break, which must not split the request',
      { a: 'b\r\nHost: c' },
      { 'x-abeja-meta-a': 'b%0D%0AHost%3A%20c' },
    ],
    ['what encodeURIComponent leaves', { a: "!'()*" }, { 'x-abeja-meta-a': '%21%27%28%29%2A' }],
    ['unreserved characters', { 'a-._~': 'Az09-._~' }, { 'x-abeja-meta-a-._~': 'Az09-._~' }],
    ['an empty value', { a: '' }, { 'x-abeja-meta-a': '' }],
    [
      'the name of another header',
      { authorization: 'x', 'content-type': 'y' },
      { 'x-abeja-meta-authorization': 'x', 'x-abeja-meta-content-type': 'y' },
    ],
  ])('writes %s', (_, metadata, headers) => {
    expect(metadataHeaders(metadata)).toEqual(headers)
  })

  test('refuses two keys that differ only in case, because no header can tell them apart', () => {
    expect(() => metadataHeaders({ Label: 'a', label: 'b' })).toThrow(
      'Invalid metadata key "label": it is the same key as "Label"',
    )
  })
})

describe('metadata as a body', () => {
  test('keeps a slash in a key, and its case', () => {
    expect(metadataBody({ 'a/b': 'c/d', Label: 'a' })).toEqual({ 'x-abeja-meta-a/b': 'c/d', 'x-abeja-meta-Label': 'a' })
  })

  test('holds a key that objects have of themselves', () => {
    expect(Object.entries(metadataBody(JSON.parse('{ "__proto__": "x" }')))).toEqual([['x-abeja-meta-__proto__', 'x']])
  })
})

describe.each([
  ['headers', metadataHeaders],
  ['a body', metadataBody],
])('metadata as %s is refused', (_, encode) => {
  test.each<[string, Record<string, string>, string]>([
    ['an empty key', { '': 'x' }, 'a key must not be empty'],
    ['a key that is the prefix alone', { 'x-abeja-meta-': 'x' }, 'a key must not be empty'],
    ['a key of the platform', { 'x-abeja-sys-meta-organizationid': '1' }, 'system metadata is set by the platform'],
    ['half a character in a value', { a: '\ud83c' }, 'half of a surrogate pair'],
    ['half a character in a key', { '\udf63': 'a' }, 'half of a surrogate pair'],
    [
      'a number of a program without types',
      JSON.parse('{ "size": 4 }'),
      'its value must be a string (received number)',
    ],
    [
      'a null of a program without types',
      JSON.parse('{ "size": null }'),
      'its value must be a string (received object)',
    ],
  ])('for %s', (_what, metadata, why) => {
    expect(() => encode(metadata)).toThrow(InvalidRequestError)
    expect(() => encode(metadata)).toThrow(why)
  })
})

describe('the metadata of a response that holds JSON', () => {
  const error = [{ message: 'duplicate row', error: 'invalid_record' }]

  test.each<[string, unknown]>([
    ['an array', error],
    ['an object', { a: [1] }],
    ['a number', 4],
    ['true', true],
    ['null', null],
  ])('keeps the type of %s that the platform adds', (_what, value) => {
    const metadata = { 'x-abeja-sys-meta-validation-error': value }
    expect(decodeMetadata({ metadata }).system_metadata).toEqual({ 'validation-error': value })
  })

  test.each<[string, unknown, string]>([
    ['an array', error, '[{"message":"duplicate row","error":"invalid_record"}]'],
    ['a number', 4, '4'],
    ['null', null, 'null'],
  ])('gives %s among your own as JSON text', (_what, value, text) => {
    expect(decodeMetadata({ metadata: { 'x-abeja-meta-a': value } }).metadata).toEqual({ a: text })
  })
})

describe('the metadata of an answer', () => {
  test('loses its prefixes and stands apart from that of the platform', () => {
    expect(
      decodeMetadata({
        file_id: 'f',
        metadata: {
          'x-abeja-meta-%E3%82%AD%E3%83%BC': '%E6%97%A5%E6%9C%AC%20100%25.jpg',
          'X-Abeja-Meta-Label': 'cat',
          'x-abeja-sys-meta-organizationid': '1',
        },
      }),
    ).toEqual({
      file_id: 'f',
      metadata: { キー: '日本 100%.jpg', Label: 'cat' },
      system_metadata: { organizationid: '1' },
    })
  })

  test.each([
    ['a plus', 'a+b', 'a+b'],
    ['a lone per cent', '100%', '100%'],
    ['an escape cut short', '%E3%81', '%E3%81'],
    ['an escape that is none', '%zz', '%zz'],
    ['an escape of no UTF-8 among good ones', '%E6%97%A5%FF%E6%9C%AC', '日%FF本'],
    ['an overlong escape', '%C0%AF', '%C0%AF'],
    ['half a character', '%ED%A0%80', '%ED%A0%80'],
    ['small letters', '%e6%97%a5', '日'],
    ['four bytes', '%F0%9F%8D%A3', '🍣'],
    ['a line break', 'a%0D%0Ab', 'a\r\nb'],
  ])('is decoded leniently: %s', (_, given, value) => {
    expect(decodeMetadata({ metadata: { 'x-abeja-meta-a': given } }).metadata).toEqual({ a: value })
  })

  test('is always there', () => {
    expect(decodeMetadata({})).toEqual({ metadata: {}, system_metadata: {} })
    expect(decodeMetadata(JSON.parse('{ "metadata": null }'))).toEqual({ metadata: {}, system_metadata: {} })
  })

  test('keeps a key without a prefix, and one that objects have of themselves', () => {
    const { metadata } = decodeMetadata({ metadata: JSON.parse('{ "plain": "a", "x-abeja-meta-__proto__": "b" }') })
    expect(Object.entries(metadata)).toEqual([
      ['plain', 'a'],
      ['__proto__', 'b'],
    ])
  })

  test('does not change the answer it is made from', () => {
    const answer = Object.freeze({ metadata: Object.freeze({ 'x-abeja-meta-a': '%41' }) })
    expect(decodeMetadata(answer).metadata).toEqual({ a: 'A' })
    expect(answer).toEqual({ metadata: { 'x-abeja-meta-a': '%41' } })
  })
})

/** Passes a value as a program without types does. */
function untyped(value: unknown): Metadata {
  const given: { readonly metadata: Metadata } = { metadata: {} }
  return Object.assign(given, { metadata: value }).metadata
}
