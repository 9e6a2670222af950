import { describe, expectTypeOf, test } from 'vitest'
import type {
  AbejaClient,
  BucketEntry,
  BucketFile,
  Channel,
  ChannelFile,
  components,
  Download,
  OperationId,
  Paged,
  UploadedFile,
} from '../../src/index.ts'
import type { operationMethods } from './operation-methods.ts'

type Schemas = components['schemas']

/** The method of the client at a path such as `channels.files.list`. */
type MethodAt<Target, Path extends string> = Path extends `${infer Name extends keyof Target & string}.${infer Rest}`
  ? MethodAt<Target[Name], Rest>
  : Path extends keyof Target
    ? Target[Path]
    : never

/** The result of an operation's method: an item, for a list. */
type ResultOf<Id extends OperationId> =
  MethodAt<AbejaClient, (typeof operationMethods)[Id]> extends (...args: never[]) => infer Returned
    ? Returned extends Paged<infer Item>
      ? Item
      : Awaited<Returned>
    : never

type IsAny<Type> = 0 extends 1 & Type ? true : false

/** Whether a type is or contains `any` or `unknown`, to a depth of five levels. */
type IsLoose<Type, Depth extends readonly unknown[] = []> =
  IsAny<Type> extends true
    ? true
    : unknown extends Type
      ? true
      : Depth['length'] extends 5
        ? false
        : Type extends readonly (infer Item)[]
          ? IsLoose<Item, [...Depth, 0]>
          : Type extends object
            ? true extends { [Key in keyof Type]-?: IsLoose<Type[Key], [...Depth, 0]> }[keyof Type]
              ? true
              : false
            : false

describe('the result of a method', () => {
  test('is fully typed, for every operation', () => {
    // The platform can return any JSON for these two.
    type Typed<Result> = Result extends unknown ? Omit<Result, 'system_metadata' | 'output_template'> : never
    type Loose = { [Id in OperationId]: true extends IsLoose<Typed<ResultOf<Id>>> ? Id : never }[OperationId]
    expectTypeOf<Loose>().toBeNever()
    expectTypeOf<{ [Id in OperationId]: [ResultOf<Id>] extends [never] ? Id : never }[OperationId]>().toBeNever()
  })

  test('is recognized as untyped where it contains any', () => {
    expectTypeOf<IsLoose<{ a: { b: string; c: unknown } }>>().toEqualTypeOf<true>()
    expectTypeOf<true extends IsLoose<{ a: ReturnType<typeof JSON.parse> }> ? true : false>().toEqualTypeOf<true>()
    expectTypeOf<IsLoose<{ a: { b: string }[] }>>().toEqualTypeOf<false>()
  })

  test('is the resource itself, without its envelope', () => {
    expectTypeOf<ResultOf<'getChannel'>>().toEqualTypeOf<Schemas['Channel']>()
    expectTypeOf<ResultOf<'patchBucket'>>().toEqualTypeOf<Schemas['Bucket']>()
    expectTypeOf<ResultOf<'listChannelDatasources'>>().toEqualTypeOf<Schemas['Datasource']>()
    expectTypeOf<ResultOf<'createTrigger'>>().toEqualTypeOf<Schemas['Trigger']>()
    expectTypeOf<ResultOf<'getTriggerRuns'>>().toEqualTypeOf<Schemas['TriggerRun']>()
  })

  test('can be undefined where the status alone reports success', () => {
    expectTypeOf<ResultOf<'archiveChannel'>>().toEqualTypeOf<Schemas['Channel'] | undefined>()
    expectTypeOf<ResultOf<'unarchiveBucket'>>().toEqualTypeOf<Schemas['Bucket'] | undefined>()
    expectTypeOf<ResultOf<'putChannelDatasource'>>().toEqualTypeOf<Schemas['Datasource'] | undefined>()
    expectTypeOf<ResultOf<'deleteChannelDatasource'>>().toEqualTypeOf<Schemas['Datasource'] | undefined>()
    expectTypeOf<ResultOf<'deleteChannelFile'>>().toEqualTypeOf<Schemas['DeletedChannelFile'] | undefined>()
    expectTypeOf<ResultOf<'deleteTrigger'>>().toEqualTypeOf<Schemas['DeletedTrigger'] | undefined>()
    expectTypeOf<ResultOf<'putChannelFileMetadata'>>().toEqualTypeOf<ChannelFile | undefined>()
  })

  test('has plain metadata wherever the response has metadata', () => {
    expectTypeOf<ResultOf<'listChannelFiles'>>().toEqualTypeOf<ChannelFile>()
    expectTypeOf<ResultOf<'postChannelFileUpload'>>().toEqualTypeOf<UploadedFile>()
    expectTypeOf<ResultOf<'getBucketFile'>>().toEqualTypeOf<BucketFile>()
    expectTypeOf<ResultOf<'listBucketFiles'>>().toEqualTypeOf<BucketEntry>()
    expectTypeOf<ChannelFile['metadata']>().toEqualTypeOf<Record<string, string>>()
    expectTypeOf<BucketEntry['system_metadata']>().toEqualTypeOf<Record<string, unknown>>()
    expectTypeOf<UploadedFile['uploaded_at']>().toEqualTypeOf<string | null>()
    expectTypeOf<BucketEntry['size']>().toEqualTypeOf<number | undefined>()
  })

  test('has open enums where the reference lists only examples', () => {
    expectTypeOf<Channel['storage_type']>().toEqualTypeOf<string>()
    expectTypeOf<Schemas['TriggerRun']['status']>().toEqualTypeOf<string>()
    expectTypeOf<ResultOf<'getTrigger'>['input_service_name']>().toEqualTypeOf<string>()
    expectTypeOf<NonNullable<ResultOf<'putChannelFileLifetime'>>['lifetime']>().toEqualTypeOf<string>()
  })

  test('has optional properties where a public response lacks them', () => {
    expectTypeOf<Channel['name']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<BucketFile['url_expires_on']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<ChannelFile['download_uri']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<ResultOf<'getTrigger'>['output_service_id']>().toEqualTypeOf<string | null | undefined>()
  })

  test('has optional properties for what a request can omit', () => {
    type Pairs = Record<string, string> | null | undefined
    expectTypeOf<ResultOf<'getTrigger'>['models']>().toEqualTypeOf<Pairs>()
    expectTypeOf<ResultOf<'getTriggerRuns'>['user_env_vars']>().toEqualTypeOf<Pairs>()
  })

  test('of a download is a stream with the properties of its file', () => {
    type Downloaded = Awaited<ReturnType<AbejaClient['buckets']['files']['download']>>
    expectTypeOf<Downloaded>().toEqualTypeOf<Download<BucketFile>>()
    expectTypeOf<Downloaded>().toExtend<ReadableStream<Uint8Array>>()
    expectTypeOf<Downloaded['file']['etag']>().toEqualTypeOf<BucketFile['etag']>()
  })

  test('of a list can be iterated, read by page, or collected', () => {
    type Files = ReturnType<AbejaClient['channels']['files']['list']>
    expectTypeOf<Files>().toEqualTypeOf<Paged<ChannelFile, Schemas['ChannelFileList']>>()
    expectTypeOf<Awaited<ReturnType<Files['toArray']>>>().toEqualTypeOf<ChannelFile[]>()
    expectTypeOf<Files>().toExtend<AsyncIterable<ChannelFile>>()
  })
})
