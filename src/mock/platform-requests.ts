import { type Described, description, type OperationId } from './description.ts'

/**
 * The published description, widened by what the platform's own programs send although the documents do not allow it.
 * A client generated from the description never sends any of this, so the description itself stays exact.
 */
export function descriptionOfPlatformRequests(): object {
  const wide = structuredClone(description)
  const { CreateChannelRequest, CreateBucketRequest, InputServiceName } = wide.components.schemas
  // The samples create channels without a storage type, and the platform's command line accepts an empty name.
  CreateChannelRequest.required = ['name', 'description']
  CreateChannelRequest.properties.name.minLength = 0
  // The platform's SDK and command line create buckets with a name alone, or with nothing.
  CreateBucketRequest.required = []
  CreateBucketRequest.properties.name.minLength = 0
  // The samples create triggers on a datamart.
  InputServiceName.enum.push('datamart-rdb')
  // The platform's command line pages through a bucket with `start_after` in the place of `last_file_id`.
  const listBucketFiles = wide.paths['/organizations/{organization_id}/buckets/{bucket_id}/files'].get
  const parameters: { name?: string }[] = listBucketFiles.parameters
  const cursor = parameters.find(({ name }) => name === 'last_file_id')
  parameters.push({ ...cursor, name: 'start_after' })
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
