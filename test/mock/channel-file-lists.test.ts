import { describe, expect, test } from 'vitest'
import { type Answered, list, text } from './helpers/caller.ts'
import { day, ids, useMock } from './helpers/use-mock.ts'

const fixture = useMock({ seed: 'empty' })

/** A channel of its own with a file for each name, an hour apart, the first on 2024-02-01 at 00:00 UTC. */
async function channelWith(names: readonly string[]): Promise<string> {
  const body = { name: 'files', description: '', storage_type: 'datalake' }
  const { json } = await fixture.user.post(`/organizations/${ids.organization}/channels`, body)
  const channel = /"channel_id":"(\d+)"/.exec(JSON.stringify(json))?.[1] ?? ''
  for (const name of names) {
    await fixture.user.upload(channel, name, { 'x-abeja-meta-filename': encodeURIComponent(name) })
    fixture.passes(60 * 60 * 1000)
  }
  return channel
}

function namesIn(answer: Answered): string[] {
  expect(answer.status, answer.text).toBe(200)
  return list(answer.json.files).map(({ metadata }) => {
    const { 'x-abeja-meta-filename': name } =
      metadata && typeof metadata === 'object' && 'x-abeja-meta-filename' in metadata ? metadata : {}
    return decodeURIComponent(text(name))
  })
}

const names = (channel: string, query: Record<string, string> = {}) =>
  fixture.user.get(`/channels/${channel}?${new URLSearchParams(query)}`).then(namesIn)

describe('pages', () => {
  test('follow each other by token until the last page', async () => {
    const channel = await channelWith(['a', 'b', 'c', 'd', 'e'])
    const seen: string[][] = []
    let query = '?items_per_page=2'
    for (;;) {
      const page = await fixture.user.get(`/channels/${channel}${query}`)
      seen.push(namesIn(page))
      if (page.json.next_page_token === null) break
      query = `?next_page_token=${encodeURIComponent(text(page.json.next_page_token))}`
    }
    expect(seen).toEqual([['a', 'b'], ['c', 'd'], ['e']])
  })

  test('neither skip nor repeat a file when others come and go between them', async () => {
    const channel = await channelWith(['a', 'b', 'c', 'd'])
    const first = await fixture.user.get(`/channels/${channel}?items_per_page=2`)
    await fixture.user.delete(`/channels/${channel}/${text(list(first.json.files)[0]?.file_id)}`)
    await fixture.user.upload(channel, 'e', { 'x-abeja-meta-filename': 'e' })
    const token = text(first.json.next_page_token)
    expect(await names(channel, { next_page_token: token })).toEqual(['c', 'd'])
  })

  test('keep order, search and range of the first one', async () => {
    const channel = await channelWith(['x1', 'y', 'x2', 'x3'])
    const query = new URLSearchParams({
      items_per_page: '1',
      sort: '-uploaded_at',
      q: 'x-abeja-meta-filename:x',
      end: '2024-02-01T02:30:00Z',
    })
    const first = await fixture.user.get(`/channels/${channel}?${query}`)
    expect(namesIn(first)).toEqual(['x2'])
    const second = await fixture.user.get(`/channels/${channel}?next_page_token=${text(first.json.next_page_token)}`)
    expect(namesIn(second)).toEqual(['x1'])
    expect(second.json.next_page_token).toBeNull()
  })

  test('of no files have no token', async () => {
    const channel = await channelWith(['a'])
    const { json } = await fixture.user.get(`/channels/${channel}?items_per_page=0`)
    expect(json).toEqual({ files: [], next_page_token: null })
  })

  test.each(['constructor', 'toString', '__proto__'])(
    'are not found or sorted by %s, which no file has',
    async (key) => {
      const channel = await channelWith(['a', 'b'])
      expect(await names(channel, { q: `x-abeja-meta-${key}:a` })).toEqual([])
      const first = await fixture.user.get(`/channels/${channel}?items_per_page=1&sort=x-abeja-meta-${key}`)
      expect(namesIn(first)).toEqual(['a'])
      expect(await names(channel, { next_page_token: text(first.json.next_page_token) })).toEqual(['b'])
    },
  )

  test.each(['start=20240101', 'end=20240101', 'timezone=UTC', 'items_per_page=1', 'sort=uploaded_at', 'q=a'])(
    'take no %s beside a token',
    async (other) => {
      const channel = await channelWith(['a', 'b'])
      const first = await fixture.user.get(`/channels/${channel}?items_per_page=1`)
      const path = `/channels/${channel}?next_page_token=${text(first.json.next_page_token)}&${other}`
      const { status, json } = await fixture.user.get(path)
      expect(status).toBe(400)
      expect(json.error_description).toBe(`next_page_token: cannot be combined with ${other.split('=')[0]}`)
    },
  )

  test('take no token that this list did not give', async () => {
    const [one, two] = [await channelWith(['a', 'b']), await channelWith(['a', 'b'])]
    const token = text((await fixture.user.get(`/channels/${one}?items_per_page=1`)).json.next_page_token)
    for (const forged of ['xxxxx', token.slice(4), Buffer.from('{"channelId":1}').toString('base64url')]) {
      expect((await fixture.user.get(`/channels/${one}?next_page_token=${forged}`)).status).toBe(400)
    }
    expect((await fixture.user.get(`/channels/${two}?next_page_token=${token}`)).status).toBe(400)
  })

  test('are no larger for a token that somebody made', async () => {
    const channel = await channelWith(['a', 'b'])
    const token = text((await fixture.user.get(`/channels/${channel}?items_per_page=1`)).json.next_page_token)
    const state = JSON.parse(Buffer.from(token, 'base64url').toString())
    const pageWith = (change: object) => {
      const forged = Buffer.from(JSON.stringify({ ...state, ...change })).toString('base64url')
      return fixture.user.get(`/channels/${channel}?next_page_token=${forged}`)
    }
    expect((await pageWith({ size: 1e9 })).status).toBe(200)
    for (const size of [-1, 0.5, null, '1']) expect((await pageWith({ size })).status).toBe(400)
    expect((await pageWith({ sort: Array(11).fill('file_id') })).status).toBe(400)
  })
})

describe('order', () => {
  test('is by time, oldest first, unless sort reverses it', async () => {
    const channel = await channelWith(['b', 'a', 'c'])
    expect(await names(channel)).toEqual(['b', 'a', 'c'])
    expect(await names(channel, { sort: 'uploaded_at' })).toEqual(['b', 'a', 'c'])
    expect(await names(channel, { sort: '-uploaded_at' })).toEqual(['c', 'a', 'b'])
  })

  test('can be by several things', async () => {
    const channel = await channelWith(['b', 'a', 'b', 'a'])
    expect(await names(channel, { sort: 'x-abeja-meta-filename,-uploaded_at' })).toEqual(['a', 'a', 'b', 'b'])
    expect(await names(channel, { sort: '-x-abeja-meta-filename' })).toEqual(['b', 'b', 'a', 'a'])
  })

  test('by more than ten keys is rejected', async () => {
    const { status, json } = await fixture.user.get(
      `/channels/${await channelWith([])}?sort=${Array(11).fill('uploaded_at').join()}`,
    )
    expect([status, json.error_description]).toEqual([400, 'sort: must not have more than 10 keys'])
  })

  test('by an unknown key is rejected by name', async () => {
    const channel = await channelWith([])
    const { status, json } = await fixture.user.get(`/channels/${channel}?sort=size`)
    expect([status, text(json.error_description).split(':')[0]]).toEqual([400, 'sort'])
  })
})

describe('search', () => {
  test('finds what a metadata value contains, as it is and not as it is encoded', async () => {
    const channel = await channelWith(['report.csv', '報告.csv', 'image.png'])
    expect(await names(channel, { q: 'x-abeja-meta-filename:報' })).toEqual(['報告.csv'])
    expect(await names(channel, { q: 'x-abeja-meta-filename:%E5%A0%B1' })).toEqual(['報告.csv'])
    expect(await names(channel, { q: 'x-abeja-meta-filename:.csv' })).toEqual(['report.csv', '報告.csv'])
    expect(await names(channel, { q: 'x-abeja-meta-other:.csv' })).toEqual([])
    expect(await names(channel, { q: 'png' })).toEqual(['image.png'])
  })
})

describe('start and end', () => {
  // Uploaded on 2024-02-01 at 00:00, 01:00 … 09:00 UTC, which is 09:00 to 18:00 in Tokyo and 31 January, 19:00 and on, in New York.
  const hours = Array.from({ length: 10 }, (_, hour) => String(hour))

  test.each([
    [{ start: '2024-02-01T03:00:00Z', end: '2024-02-01T05:00:00Z' }, ['3', '4', '5']],
    [{ start: '2024-02-01T12:00:00+09:00', end: '2024-02-01T14:00:00+09:00' }, ['3', '4', '5']],
    [{ start: '20240201T030000Z', end: '20240201T0500Z' }, ['3', '4', '5']],
    [{ start: '2024-02-01T12:00:00', end: '2024-02-01T14:00', timezone: 'Asia/Tokyo' }, ['3', '4', '5']],
    [{ start: '2024-02-01T03:00:00.001Z' }, ['4', '5', '6', '7', '8', '9']],
    [{ start: '2024-02-01', timezone: 'Asia/Tokyo' }, hours],
    [{ end: '2024-01-31', timezone: 'America/New_York' }, ['0', '1', '2', '3', '4']],
    [{ start: '20240201', timezone: 'America/New_York' }, ['5', '6', '7', '8', '9']],
    [{ start: '20240201', end: '20240201' }, hours],
    [{ end: '20240131' }, []],
    [{ timezone: 'Nowhere/Land' }, hours],
    [{ start: '2024-02-02', end: '2024-01-01' }, []],
  ])('%j finds %j', async (query, expected) => {
    expect(await names(await channelWith(hours), query)).toEqual(expected)
  })

  test('a plus that was not encoded is understood', async () => {
    const channel = await channelWith(['0', '1', '2'])
    const answer = await fixture.user.get(`/channels/${channel}?start=2024-02-01T10:00:00+09:00`)
    expect(namesIn(answer)).toEqual(['1', '2'])
  })

  test('the day on which clocks change has its own length', async () => {
    fixture.passes(38 * day) // 10 March 2024, 00:00 UTC
    const channel = await channelWith(Array.from({ length: 30 }, (_, hour) => String(hour)))
    const found = await names(channel, { start: '20240310', end: '20240310', timezone: 'America/New_York' })
    // From 05:00 UTC, and 23 hours long.
    expect([found[0], found.length]).toEqual(['5', 23])
  })

  test.each([
    [{ start: 'yesterday' }, 'start'],
    [{ start: '2024-02-30' }, 'start'],
    [{ end: '2024-13-01' }, 'end'],
    [{ end: '2024-02-01T25:00:00Z' }, 'end'],
    [{ start: '20240201', timezone: 'Nowhere/Land' }, 'timezone'],
  ])('%j is refused by name', async (query, name) => {
    const { status, json } = await fixture.user.get(`/channels/${await channelWith([])}?${new URLSearchParams(query)}`)
    expect([status, text(json.error_description).split(':')[0]]).toEqual([400, name])
  })
})
