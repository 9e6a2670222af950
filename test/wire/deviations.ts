import type { Observation, Sent } from './observation.ts'

/** A deliberate difference between the client and the recorded SDK. */
export interface Deviation {
  readonly reason: string
  /** What the client does, derived from what the SDK did. */
  readonly instead: (recorded: Observation) => Observation
}

const ESCAPES =
  'Every reserved character of an id is percent-encoded, so that none can mean anything in a URL; it decodes to the same id.'
const DECODES = 'The SDK hands out the metadata of a bucket file as it came; the client decodes it as everywhere else.'
const UNDOCUMENTED =
  'The documented answer holds no metadata. The SDK decodes any that is there; the client hands it out as it came.'
const REFUSES =
  'The SDK makes up an answer with status 400; the client says that nothing was sent, as for everything it refuses.'

/** The decoded response of every `get_bucket_file` recording. */
const DECODED = {
  metadata: { filename: '日本語 100%.jpg', キー: 'a+b\nc/d' },
  system_metadata: { organizationid: '1234567890123' },
}
const AS_IT_CAME = {
  metadata: {
    'x-abeja-meta-filename': '%E6%97%A5%E6%9C%AC%E8%AA%9E%20100%25.jpg',
    'x-abeja-meta-%E3%82%AD%E3%83%BC': 'a%2Bb%0Ac/d',
    'x-abeja-sys-meta-organizationid': '1234567890123',
  },
}

/** Every case in which the client deviates. */
export const deviations: Readonly<Record<string, Deviation>> = {
  'get_channel_file_download/id-colon-at': {
    reason: ESCAPES,
    instead: sending({ path: '/channels/1230000000000/a%3Ab%40c' }),
  },
  'get_bucket_file/id-amp': {
    reason: `${ESCAPES} ${DECODES}`,
    instead: both(sending(bucketFile('a%26b%3Dc%3Bd')), returning(DECODED)),
  },
  'get_bucket_file/id-colon-at': {
    reason: `${ESCAPES} ${DECODES}`,
    instead: both(sending(bucketFile('a%3Ab%40c')), returning(DECODED)),
  },
  'get_bucket_file/minimal': { reason: DECODES, instead: returning(DECODED) },
  'get_bucket_file/decode-encoded': { reason: DECODES, instead: returning(DECODED) },
  'get_bucket_file/id-space': { reason: DECODES, instead: returning(DECODED) },
  'get_bucket_file/id-ja': { reason: DECODES, instead: returning(DECODED) },
  'get_bucket_file/id-tilde': { reason: DECODES, instead: returning(DECODED) },
  'put_channel_file_lifetime/decode-encoded': { reason: UNDOCUMENTED, instead: returningRaw },
  'delete_channel_file/decode-encoded': { reason: UNDOCUMENTED, instead: returningRaw },
  'upload_bucket_file/meta-plus-slash': {
    reason: 'The name of a header must not hold a slash (RFC 9110), and fetch refuses one: in a key it is %2F.',
    instead: sendingHeader('x-abeja-meta-a%2bb/c', 'x-abeja-meta-a%2bb%2fc'),
  },
  'upload_bucket_file/bad-location-dotdot': { reason: REFUSES, instead: refusing },
  'upload_bucket_file/bad-location-dotdot-only': { reason: REFUSES, instead: refusing },
  'upload_bucket_file/bad-location-dot-lead': { reason: REFUSES, instead: refusing },
  'upload_bucket_file/bad-location-dot-mid': { reason: REFUSES, instead: refusing },
  'upload_bucket_file/bad-location-dot-tail': { reason: REFUSES, instead: refusing },
  'upload_bucket_file/bad-location-trail-slash': { reason: REFUSES, instead: refusing },
  'upload_bucket_file/bad-location-slash': { reason: REFUSES, instead: refusing },
}

type Change = Deviation['instead']

function both(first: Change, second: Change): Change {
  return (recorded) => second(first(recorded))
}

function sending(change: Partial<Sent>): Change {
  return ({ sent, outcome }) => ({ sent: sent.map((request) => ({ ...request, ...change })), outcome })
}

function sendingHeader(instead: string, name: string): Change {
  return ({ sent, outcome }) => ({
    sent: sent.map((request) => ({
      ...request,
      headers: request.headers.map(([given, value]) => [given === instead ? name : given, value] as const),
    })),
    outcome,
  })
}

function bucketFile(id: string): Partial<Sent> {
  return { path: `/organizations/1234567890123/buckets/1240000000000/files/${id}` }
}

function returning(fields: object): Change {
  return ({ sent, outcome }) => ({
    sent,
    outcome: 'returned' in outcome ? { returned: Object.assign({}, outcome.returned, fields) } : outcome,
  })
}

function returningRaw({ sent, outcome }: Observation): Observation {
  if (!('returned' in outcome)) return { sent, outcome }
  const { system_metadata: _, ...returned } = Object.assign({ system_metadata: {} }, outcome.returned, AS_IT_CAME)
  return { sent, outcome: { returned } }
}

function refusing({ sent }: Observation): Observation {
  return { sent, outcome: { threw: { name: 'InvalidRequestError' } } }
}
