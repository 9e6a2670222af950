import { afterEach, expect, test, vi } from 'vitest'
import type { AbejaClient, ClientOptions } from '../../src/index.ts'
import { abejaAt, environment } from '../helpers/abeja.ts'
import { type Answer, recordingServer } from '../helpers/recording-server.ts'
import { calls } from './calls.ts'
import { cases, type WireCase, type WireOp } from './cases.ts'
import { deviations } from './deviations.ts'
import { errorFields, type Observation, recordedObservation, sentRequest } from './observation.ts'

afterEach(() => vi.unstubAllEnvs())

test.each(cases)('$id sends the recorded requests and returns the recorded result', async (recording) => {
  const { actual, recorded } = await replay(recording)
  const deviation = deviations[recording.id]
  if (deviation === undefined) return expect(actual).toEqual(recorded)
  expect(actual, 'the deviation is over: take it off the list').not.toEqual(recorded)
  expect(actual, deviation.reason).toEqual(deviation.instead(recorded))
})

test('every deviation belongs to a recording and has a reason', () => {
  const ids = new Set(cases.map(({ id }) => id))
  expect(Object.keys(deviations).filter((id) => !ids.has(id))).toEqual([])
  expect(Object.values(deviations).filter(({ reason }) => reason.length < 20)).toEqual([])
})

async function replay<Op extends WireOp>(recording: WireCase<Op>) {
  environment(recording.env)
  const server = await recordingServer((_, index) => answerOf(recording, index))
  const abeja = abejaAt(server.url, { credential: credentialOf(recording) })
  const outcome = await outcomeOf(abeja, recording)
  const actual: Observation = { sent: server.requests.map(sentRequest), outcome }
  return { actual, recorded: recordedObservation(recording, server.url) }
}

async function outcomeOf<Op extends WireOp>(abeja: AbejaClient, { op, args }: WireCase<Op>) {
  try {
    return { returned: await calls[op](abeja, args) }
  } catch (error) {
    return { threw: errorFields(error) }
  }
}

function answerOf({ responses }: WireCase, index: number): Answer {
  const last = responses.at(-1)
  const { status, json, body_text, content_type } = responses[index] ?? (last?.repeat ? last : { status: 599 })
  if (json !== undefined) return { status, json }
  return { status, body: body_text ?? '', headers: content_type ? { 'content-type': content_type } : {} }
}

/** The Python SDK's credential is a dictionary: empty, it sends none; omitted, it reads the environment. */
function credentialOf({ credential }: WireCase): ClientOptions['credential'] {
  if (credential === null) return undefined
  const { user_id: userId, personal_access_token: personalAccessToken } = credential
  const { datasource_id: datasourceId, datasource_secret: datasourceSecret } = credential
  const datasource = datasourceId && datasourceSecret ? { datasourceId, datasourceSecret } : null
  return userId && personalAccessToken ? { userId, personalAccessToken, ...datasource } : datasource
}
