import { expect, test } from 'vitest'
import { operationCalls } from '../helpers/operation-calls.ts'
import { described } from '../spec/description.ts'
import { operationMethods } from '../types/operation-methods.ts'
import { callOf, observedClient } from './observed-client.ts'

const documented = described.flatMap(({ id, statuses }) => statuses.map((status) => ({ id, status })))

test('every operation and status of the description is reached, through its own method of the client', async () => {
  const reached: string[] = []
  for (const { id, status } of documented) {
    const { abeja, exchanges, called } = observedClient([`code=${status}`])
    await callOf(id)(abeja).catch(() => {})
    for (const exchange of exchanges) reached.push(`${exchange.operationId} ${exchange.status} by ${called.join()}`)
  }
  const methods = new Map<string, string>(Object.entries(operationMethods))
  expect(reached).toEqual(documented.map(({ id, status }) => `${id} ${status} by ${methods.get(id)}`))
})

test('the calls under test are those of the description, no more and no fewer', () => {
  expect(Object.keys(operationCalls).sort()).toEqual(described.map(({ id }) => id).sort())
})
