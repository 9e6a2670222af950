import { type Described, description, type OperationId } from './description.ts'

/**
 * The published description, widened by what the platform's own programs send although the documents do not allow it.
 * A client generated from the description never sends any of this, so the description itself stays exact.
 */
export function descriptionOfPlatformRequests(): object {
  // The environment jsdom of Jest has no structuredClone.
  const wide: typeof description = JSON.parse(JSON.stringify(description))
  const { CreateChannelRequest, CreateBucketRequest } = wide.components.schemas
  // The samples create channels without a storage type, and the platform's command line accepts an empty name.
  CreateChannelRequest.required = ['name', 'description']
  CreateChannelRequest.properties.name.minLength = 0
  // The platform's SDK and command line create buckets with a name alone, or with nothing.
  CreateBucketRequest.required = []
  CreateBucketRequest.properties.name.minLength = 0
  return wide
}

/** The members of request bodies that the platform's programs may leave out. */
interface Omissible {
  createChannel: 'storage_type'
  createBucket: 'name' | 'description'
}

/** The JSON body of an operation, as `descriptionOfPlatformRequests` allows it. `undefined` where there is none. */
export type JsonBody<K extends OperationId> = K extends keyof Omissible
  ? Omit<Described<K>, Omissible[K]> & Partial<Described<K>>
  : Described<K>
