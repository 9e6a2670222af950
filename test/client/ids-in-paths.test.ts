import { describe, expect, test } from 'vitest'
import { type AbejaClient, InvalidRequestError } from '../../src/index.ts'
import { abejaAt, errorOf } from '../helpers/abeja.ts'
import { onlyRequest, recordingServer } from '../helpers/recording-server.ts'

const FILE = { file_id: 'f', metadata: {} }

describe('an id that would reach another resource is refused before anything is sent', () => {
  test.each<[string, (abeja: AbejaClient) => Promise<unknown>, string]>([
    [
      'an empty file id',
      (abeja) => abeja.channels.files.delete('1', ''),
      'Invalid file_id: must be a non-empty string (received "")',
    ],
    [
      'an empty channel id',
      (abeja) => abeja.channels.get(''),
      'Invalid channel_id: must be a non-empty string (received "")',
    ],
    ['a dot', (abeja) => abeja.channels.archive('.'), 'the part "." would lead to another resource'],
    ['two dots', (abeja) => abeja.channels.files.delete('1', '..'), 'the part ".." would lead to another resource'],
    ['encoded dots', (abeja) => abeja.channels.files.delete('1', '%2e%2E'), 'the part "%2e%2E" would lead'],
    [
      'a dot beside an encoded one',
      (abeja) => abeja.triggers.get('.%2e', 't'),
      'Invalid deployment_id: the part ".%2e" would lead to another resource',
    ],
    [
      'two dots within a location',
      (abeja) => abeja.buckets.files.get('1', 'a/../b'),
      'Invalid file_id: the part ".." would lead to another resource (received "a/../b")',
    ],
    ['a dot within a location', (abeja) => abeja.buckets.files.get('1', 'a/./b'), 'the part "." would lead'],
    [
      'an empty part of a location',
      (abeja) => abeja.buckets.files.get('1', 'a//b'),
      'Invalid file_id: must not have empty parts (received "a//b")',
    ],
    [
      'a slash at the end of a location',
      (abeja) => abeja.buckets.files.get('1', 'a/'),
      'Invalid file_id: must not have empty parts (received "a/")',
    ],
    [
      'a location that is a slash',
      (abeja) => abeja.buckets.files.get('1', '/'),
      'Invalid file_id: must not have empty parts (received "/")',
    ],
    [
      'a location with two slashes in front',
      (abeja) => abeja.buckets.files.get('1', '//a'),
      'Invalid file_id: must not have empty parts (received "//a")',
    ],
    ['half a character', (abeja) => abeja.channels.files.get('1', 'a\ud83c'), 'half of a surrogate pair'],
    [
      'an empty organization',
      (abeja) => abeja.channels.get('1', { organizationId: '' }),
      'Invalid organization_id: must be a non-empty string (received "")',
    ],
    [
      'the dots of an organization',
      (abeja) => abeja.buckets.list({}, { organizationId: '..' }).toArray(),
      'Invalid organization_id: the part ".." would lead to another resource',
    ],
    [
      'a number of a program without types',
      (abeja) => abeja.channels.get(JSON.parse('12')),
      'Invalid channel_id: must be a non-empty string (received 12)',
    ],
    [
      'an id that such a program left out',
      (abeja) => abeja.channels.files.get('1', JSON.parse('[]')[0]),
      'Invalid file_id: must be a non-empty string (received undefined)',
    ],
  ])('%s', async (_, call, message) => {
    const server = await recordingServer([])
    const error = await errorOf(call(abejaAt(server.url)))
    expect(error).toBeInstanceOf(InvalidRequestError)
    expect(error).toMatchObject({ message: expect.stringContaining(message), attempts: [] })
    expect(server.requests).toEqual([])
  })
})

describe('an id stays one segment', () => {
  test.each([
    ['a?b', 'a%3Fb'],
    ['a#b', 'a%23b'],
    ['a/b', 'a%2Fb'],
    ['a%2Fb', 'a%252Fb'],
    ['a b', 'a%20b'],
    ['a&b=c;d', 'a%26b%3Dc%3Bd'],
    ['日本', '%E6%97%A5%E6%9C%AC'],
    ['...', '...'],
    ['.hidden', '.hidden'],
  ])('%s', async (id, segment) => {
    const server = await recordingServer([{ json: FILE }])
    await abejaAt(server.url).channels.files.get('1', id)
    expect(onlyRequest(server)).toMatchObject({ path: `/channels/1/${segment}`, query: null })
  })
})

describe('the id of a bucket file keeps its slashes', () => {
  test.each([
    ['aaa/bbb', 'aaa/bbb'],
    ['/aaa/bbb', 'aaa/bbb'],
    ['a b/c?d/日本.txt', 'a%20b/c%3Fd/%E6%97%A5%E6%9C%AC.txt'],
    ['.hidden/..name', '.hidden/..name'],
    ['a\\..\\b', 'a%5C..%5Cb'],
  ])('%s', async (id, path) => {
    const server = await recordingServer([{ json: FILE }])
    await abejaAt(server.url).buckets.files.get('9', id)
    expect(onlyRequest(server).path).toBe(`/organizations/1234567890123/buckets/9/files/${path}`)
  })
})

describe('a location to upload to is refused before anything is sent', () => {
  test.each(['', '/', '/a', 'a/', 'a//b', '.', '..', 'a/../b', './a', 'a/.', 'a\nb', 'a\0b', 'a\x7fb'])(
    '%j',
    async (location) => {
      const server = await recordingServer([])
      const error = await errorOf(abejaAt(server.url).buckets.files.upload('9', location, 'x'))
      expect(error).toMatchObject({
        name: 'InvalidRequestError',
        message: expect.stringContaining(JSON.stringify(location)),
      })
      expect(server.requests).toEqual([])
    },
  )
})
