import { getEventListeners, setMaxListeners } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Throttle } from '../../src/node/engine/throttle.ts'

const { signal } = new AbortController()
setMaxListeners(0, signal)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Asks for so many places, and tells how many were given. */
function ask(throttle: Throttle, count: number): { given: number } {
  const asked = { given: 0 }
  for (let index = 0; index < count; index++) {
    void throttle.acquire(signal).then(() => {
      asked.given += 1
    })
  }
  return asked
}

test('as many are let in as are wanted, and others as these leave', async () => {
  const throttle = new Throttle(3)
  const asked = ask(throttle, 5)
  await vi.advanceTimersByTimeAsync(0)
  expect(asked.given).toBe(3)
  throttle.release()
  await vi.advanceTimersByTimeAsync(0)
  expect(asked.given).toBe(4)
})

test('nobody is let in while the server wants to be left alone, and then half as many', async () => {
  const throttle = new Throttle(16)
  expect(throttle.decrease(5_000)).toBe(true)
  const asked = ask(throttle, 16)
  await vi.advanceTimersByTimeAsync(4_990)
  expect(asked.given).toBe(0)
  await vi.advanceTimersByTimeAsync(20)
  expect(asked.given).toBe(8)
})

test('one burst of refusals narrows once, the next one again, and one always may', async () => {
  const throttle = new Throttle(16)
  expect(Array.from({ length: 16 }, () => throttle.decrease(1_000)).filter(Boolean)).toHaveLength(1)
  expect(throttle.limit).toBe(8)
  await vi.advanceTimersByTimeAsync(1_001)
  expect(throttle.decrease(0)).toBe(true)
  expect(throttle.limit).toBe(4)
  await vi.advanceTimersByTimeAsync(50)
  expect(throttle.decrease(0), 'still the same burst').toBe(false)
  for (let burst = 0; burst < 5; burst++) {
    await vi.advanceTimersByTimeAsync(200)
    throttle.decrease(0)
  }
  expect(throttle.limit).toBe(1)
})

test('a longer pause stands over a shorter one, and none is longer than a minute', async () => {
  const throttle = new Throttle(2)
  throttle.decrease(1_000)
  throttle.decrease(86_400_000)
  throttle.decrease(2_000)
  const asked = ask(throttle, 1)
  await vi.advanceTimersByTimeAsync(59_000)
  expect(asked.given).toBe(0)
  await vi.advanceTimersByTimeAsync(1_100)
  expect(asked.given).toBe(1)
})

test('it widens by one for each round of answers, up to where it began', () => {
  const throttle = new Throttle(16)
  throttle.decrease(0)
  for (let answer = 0; answer < 9; answer++) throttle.increase()
  expect(throttle.limit).toBe(9)
  for (let answer = 0; answer < 1_000; answer++) throttle.increase()
  expect(throttle.limit).toBe(16)
})

test('who pauses gives the place to others, and comes back before those that wait', async () => {
  const throttle = new Throttle(1)
  const order: string[] = []
  await throttle.acquire(signal)
  void throttle.pause(100, signal).then(() => order.push('back'))
  void throttle.acquire(signal).then(() => order.push('second'))
  void throttle.acquire(signal).then(() => order.push('third'))
  await vi.advanceTimersByTimeAsync(200)
  expect(order).toEqual(['second'])
  throttle.release()
  await vi.advanceTimersByTimeAsync(0)
  expect(order).toEqual(['second', 'back'])
})

test('an abort lets go of everybody, and leaves neither listener nor timer', async () => {
  const controller = new AbortController()
  const throttle = new Throttle(1)
  await throttle.acquire(controller.signal)
  const waiting = [throttle.acquire(controller.signal), throttle.pause(60_000, controller.signal)]
  controller.abort()
  await Promise.all(waiting)
  expect(getEventListeners(controller.signal, 'abort')).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})

test('an abort while the server wants to be left alone leaves no timer', async () => {
  const controller = new AbortController()
  const throttle = new Throttle(2)
  throttle.decrease(20_000)
  const waiting = [throttle.acquire(controller.signal), throttle.acquire(controller.signal)]
  expect(vi.getTimerCount()).toBe(1)
  controller.abort()
  await Promise.all(waiting)
  expect(vi.getTimerCount()).toBe(0)
})
