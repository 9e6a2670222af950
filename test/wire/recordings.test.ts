import { afterEach, expect, test, vi } from 'vitest'
import type { AbejaClient, ClientOptions } from '../../src/index.ts'
import { abejaAt, environment } from '../helpers/abeja.ts'
import { type Answer, recordingServer } from '../helpers/recording-server.ts'
import { calls } from './calls.ts'
import { cases, type WireCase, type WireOp } from './cases.ts'
import { deviations, waiting } from './deviations.ts'
import { errorFields, type Observation, recordedObservation, sentRequest } from './observation.ts'

afterEach(() => vi.unstubAllEnvs())

const callable = cases.filter(({ op }) => op in calls)

test.each(callable)('$id is sent and answered as recorded', async (recording) => {
  const { actual, recorded } = await replay(recording)
  const deviation = deviations[recording.id]
  if (deviation === undefined) return expect(actual).toEqual(recorded)
  expect(actual, 'the deviation is over: take it off the list').not.toEqual(recorded)
  expect(actual, deviation.reason).toEqual(deviation.instead(recorded))
})

test('every deviation belongs to a recording and gives its reason', () => {
  const ids = new Set(cases.map(({ id }) => id))
  expect(Object.keys(deviations).filter((id) => !ids.has(id))).toEqual([])
  expect(Object.values(deviations).filter(({ reason }) => reason.length < 20)).toEqual([])
})

test('the recordings that no method of the client answers yet are on the list', () => {
  const ids = cases.filter(({ op }) => !(op in calls)).map(({ id }) => id)
  expect(ids).toEqual(Object.keys(waiting))
})

async function replay<Op extends WireOp>(recording: WireCase<Op>) {
  environment(recording.env)
  const server = await recordingServer(recording.responses.map(answerOf))
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

function answerOf({ status, json, body_text, content_type }: WireCase['responses'][number]): Answer {
  if (json !== undefined) return { status, json }
  return {
    status,
    ...(body_text && { body: body_text }),
    headers: content_type ? { 'content-type': content_type } : {},
  }
}

/** The Python SDK takes a dictionary: empty it sends no credential, and left out it asks the environment. */
function credentialOf({ credential }: WireCase): ClientOptions['credential'] {
  if (credential === null) return undefined
  const { user_id: userId, personal_access_token: personalAccessToken } = credential
  const { datasource_id: datasourceId, datasource_secret: datasourceSecret } = credential
  const datasource = datasourceId && datasourceSecret ? { datasourceId, datasourceSecret } : null
  return userId && personalAccessToken ? { userId, personalAccessToken, ...datasource } : datasource
}
