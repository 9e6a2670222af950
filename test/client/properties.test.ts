import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { networkFailure } from '../../src/http/network-failure.ts'
import { redactorOf, redactUrl } from '../../src/http/redaction.ts'
import { retryAfterMs } from '../../src/http/retry-policy.ts'
import { InvalidRequestError } from '../../src/index.ts'
import { decodeMetadata, metadataBody, metadataHeaders } from '../../src/metadata/metadata-codec.ts'
import { abejaAt } from '../helpers/abeja.ts'
import { exampleAnswer } from '../helpers/operations.ts'
import { abejaErrorOf } from '../helpers/outcome.ts'
import { ok } from '../helpers/steps.ts'
import { useFaultServer } from '../helpers/use-fault-server.ts'

/** Any text that has a UTF-8 form. */
const text = (constraints: fc.StringConstraints = {}) => fc.string({ unit: 'binary', ...constraints })

/** Texts with what is special in URLs, headers and JSON more often than chance gives it. */
const awkward = (constraints: fc.StringConstraints = {}) =>
  fc.oneof(
    text(constraints),
    fc.string({ unit: fc.constantFrom(...'./%2eE?#&=+@:;\\"\' \r\n\t\0日é😀'), ...constraints }),
  )

const isDots = (part: string) => /^(\.|%2e){1,2}$/i.test(part)

describe('the server decodes', () => {
  const server = useFaultServer()

  const segmentsOfTheRequest = () => (server.received[0]?.url ?? '').split('/').map(decodeURIComponent)

  test('exactly the id that was given, whatever it is', async () => {
    const ids = awkward({ minLength: 1 }).filter((id) => !isDots(id))
    await fc.assert(
      fc.asyncProperty(ids, ids, async (channelId, fileId) => {
        server.script([ok], exampleAnswer('getChannelFileDownload'))
        await abejaAt(server.url).channels.files.get(channelId, fileId)
        expect(segmentsOfTheRequest()).toEqual(['', 'channels', channelId, fileId])
      }),
      { numRuns: 300 },
    )
  })

  test('exactly the path of a bucket file', async () => {
    const part = awkward({ minLength: 1 }).filter((id) => !isDots(id) && !id.includes('/'))
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 4 }), async (parts) => {
        server.script([ok], exampleAnswer('getBucketFile'))
        await abejaAt(server.url).buckets.files.get('1', parts.join('/'))
        expect(segmentsOfTheRequest().slice(6)).toEqual(parts)
      }),
      { numRuns: 200 },
    )
  })

  test('exactly the words of a search', async () => {
    await fc.assert(
      fc.asyncProperty(awkward({ minLength: 1 }), async (q) => {
        server.script([ok], { files: [] })
        await abejaAt(server.url).channels.files.list('1', { q }).toArray()
        expect(decodeURIComponent(server.received[0]?.url.split('?q=')[1] ?? '')).toBe(q)
      }),
      { numRuns: 200 },
    )
  })

  test('exactly the metadata that was given', async () => {
    const entry = fc.dictionary(awkward({ minLength: 1, maxLength: 20 }), awkward(), { maxKeys: 3 })
    await fc.assert(
      fc.asyncProperty(entry, async (metadata) => {
        const own = Object.keys(metadata).map((key) => key.toLowerCase())
        fc.pre(new Set(own).size === own.length && !own.some((key) => /^x-abeja-(sys-)?meta-/.test(key)))
        server.script([ok], exampleAnswer('postChannelFileUpload'))
        await abejaAt(server.url).channels.files.upload('1', '', { metadata })
        const arrived = decodeMetadata({ metadata: headersOf() })
        const sent = Object.entries(metadata).map(([key, value]) => [key.toLowerCase(), value])
        const got = Object.entries(arrived.metadata).map(([key, value]) => [key.toLowerCase(), value])
        expect(new Map(got.map(([key = '', value]) => [key, value]))).toEqual(
          new Map(sent.map(([k = '', v]) => [k, v])),
        )
      }),
      { numRuns: 200 },
    )
  })

  function headersOf(): Record<string, string> {
    const headers = Object.entries(server.received[0]?.headers ?? {})
    return Object.fromEntries(headers.filter(([name]) => name.startsWith('x-abeja-')).map(([k, v]) => [k, `${v}`]))
  }
})

describe('refused before anything is sent is', () => {
  test('every id that is dots, however they are written', async () => {
    const dot = fc.constantFrom('.', '%2e', '%2E')
    await fc.assert(
      fc.asyncProperty(fc.array(dot, { minLength: 1, maxLength: 2 }), async (dots) => {
        const id = dots.join('')
        const error = await abejaErrorOf(abejaAt('http://127.0.0.1:1').channels.files.delete('1', id))
        expect(error).toBeInstanceOf(InvalidRequestError)
        expect(error.message).toContain(`Invalid file_id: the part "${id}"`)
      }),
    )
  })

  test('every text with half of a surrogate pair: it has no UTF-8 form', async () => {
    const lone = fc
      .tuple(text(), fc.integer({ min: 0xd800, max: 0xdfff }), fc.string({ unit: 'grapheme-ascii' }))
      .map(([before, half, after]) => `${before}-${String.fromCharCode(half)}-${after}`)
    await fc.assert(
      fc.asyncProperty(lone, async (half) => {
        const abeja = abejaAt('http://127.0.0.1:1')
        const upload = (metadata: Record<string, string>) => abeja.channels.files.upload('1', '', { metadata })
        for (const call of [
          abeja.channels.get(half),
          abeja.channels.files.list('1', { q: half }).toArray(),
          upload({ key: half }),
          upload({ [half]: 'value' }),
        ]) {
          expect(await abejaErrorOf(call)).toBeInstanceOf(InvalidRequestError)
        }
        expect(() => metadataBody({ key: half })).toThrow(/surrogate pair/)
      }),
    )
  })
})

describe('metadata', () => {
  const key = awkward({ minLength: 1 }).filter((text) => !/^x-abeja-(sys-)?meta-/i.test(text))
  const metadata = fc
    .uniqueArray(fc.tuple(key, awkward()), { selector: ([text]) => text.toLowerCase() })
    .map((entries): Record<string, string> => Object.fromEntries(entries))

  test('comes back from a body as it went in', () => {
    fc.assert(
      fc.property(metadata, (given) => {
        expect(decodeMetadata({ metadata: metadataBody(given) })).toEqual({ metadata: given, system_metadata: {} })
      }),
      { numRuns: 500 },
    )
  })

  test('makes headers that no value can break out of', () => {
    fc.assert(
      fc.property(metadata, (given) => {
        for (const [name, value] of Object.entries(metadataHeaders(given))) {
          expect(name).toMatch(/^x-abeja-meta-[\w.~%-]+$/)
          expect(value).toMatch(/^[\w.~%/-]*$/)
        }
      }),
    )
  })

  test('of an answer is decoded without an error, whatever it holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (given) => {
        decodeMetadata({ metadata: given })
      }),
    )
  })
})

describe('Retry-After', () => {
  const now = Date.UTC(2024, 0, 1)

  test('is never an error, and never less than nothing or no number', () => {
    const header = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[ +-]?[0-9eE.,:]{0,400}$/),
      fc.date({ noInvalidDate: false }).map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
      fc.constant(null),
    )
    fc.assert(
      fc.property(header, fc.integer(), (value, time) => {
        const wait = retryAfterMs(value, time)
        if (wait === undefined) return
        expect(Number.isFinite(wait) && wait >= 0).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  test('of seconds is that many', () => {
    fc.assert(fc.property(fc.nat(), (seconds) => retryAfterMs(`${seconds}`, now) === seconds * 1_000))
  })

  test.each(['Mon, 01 Jan 2024 00:00:10 GMT', 'Monday, 01-Jan-24 00:00:10 GMT', 'Mon Jan  1 00:00:10 2024'])(
    'of the HTTP date %s is the time until then',
    (date) => {
      expect(retryAfterMs(date, now)).toBe(10_000)
    },
  )
})

describe('whatever another wrote', () => {
  test('a network error is read without an error', () => {
    fc.assert(fc.property(fc.anything(), (error) => void networkFailure(error)))
  })

  test('a URL is redacted without an error, and shows no query it does not know', () => {
    const secret = fc.stringMatching(/^[a-z]{20}$/)
    fc.assert(
      fc.property(fc.oneof(awkward(), fc.webUrl()), secret, (start, hidden) => {
        expect(redactUrl(`${start}?sig=${hidden}`)).not.toContain(hidden)
        expect(redactUrl(`${start}?${hidden}`)).not.toContain(hidden)
      }),
    )
  })

  test('a text loses every secret of the call, wherever it stands', () => {
    const secret = awkward({ minLength: 6, maxLength: 40 }).filter((value) => !value.includes('REDACTED'))
    fc.assert(
      fc.property(secret, awkward(), awkward(), (hidden, before, after) => {
        const authorization = { kind: 'bearer', source: '', header: '', secrets: [hidden] } as const
        const redact = redactorOf({ url: 'https://api.example/', headers: {} }, authorization)
        expect(redact(`${before}${hidden}${after}`)).not.toContain(hidden)
        expect(redact(JSON.stringify({ [hidden]: hidden }))).not.toContain(JSON.stringify(hidden).slice(1, -1))
      }),
    )
  })
})
