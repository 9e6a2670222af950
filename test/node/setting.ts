import { onTestFinished } from 'vitest'
import type { AbejaClient, BucketStore, ChannelStore, ClientOptions } from '../../src/index.ts'
import { abejaAt } from '../helpers/abeja.ts'
import { Platform } from './platform.ts'

/** A platform for the running test, and a client of it. */
export interface Setting {
  readonly platform: Platform
  readonly abeja: AbejaClient
  readonly channel: ChannelStore
  readonly bucket: BucketStore
}

/** Starts a platform that stops when the test ends. */
export async function setting(options: ClientOptions = {}): Promise<Setting> {
  const platform = await Platform.start()
  onTestFinished(() => platform.stop())
  const abeja = abejaAt(platform.url, options)
  return { platform, abeja, channel: abeja.channels.files.in('1'), bucket: abeja.buckets.files.in('2') }
}
