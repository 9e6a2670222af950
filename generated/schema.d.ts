// Generated from spec/. Do not edit; run `npm run generate`.

export type BinaryBody = Blob | ArrayBuffer | ArrayBufferView | ReadableStream<Uint8Array> | string;
export interface paths {
    "/organizations/{organization_id}/channels": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
            };
            cookie?: never;
        };
        /**
         * List channels
         * @description Lists the channels of an organization, one page at a time. Increase `offset` by the number of items received until
         *     `has_next` is `false`.
         *
         *     The reference writes this path with a trailing slash. The wire has none, and a server should accept both.
         */
        get: operations["listChannels"];
        put?: never;
        /**
         * Create a channel
         * @description Creates a channel, a stream of files, in an organization. Not idempotent: nothing documents that names are unique, so sending this twice can create two channels.
         */
        post: operations["createChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/channels/{channel_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        /**
         * Get a channel
         * @description Gets a channel of an organization by its id.
         */
        get: operations["getChannel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a channel
         * @description Updates the name of a channel, its description or both. Omitted properties keep their values; an empty description clears the old one.
         */
        patch: operations["patchChannel"];
        trace?: never;
    };
    "/organizations/{organization_id}/channels/{channel_id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Archive a channel
         * @description Archives a channel. Unarchiving reverses it. Which operations an archived channel still allows is not documented. The request has no body.
         */
        post: operations["archiveChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/channels/{channel_id}/unarchive": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unarchive a channel
         * @description Reverses the archiving of a channel. The request has no body.
         */
        post: operations["unarchiveChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/channels/{channel_id}/datasources": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        /**
         * List the datasources of a channel
         * @description Lists the datasources that are connected to a channel. The response has `limit`, `offset` and `has_next`, but no parameter that requests a further page is documented or known, so this operation takes none.
         */
        get: operations["listChannelDatasources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/channels/{channel_id}/datasources/{datasource_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The id of the datasource.
                 * @example 1442132811920
                 */
                datasource_id: components["parameters"]["DatasourceIdInPath"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Connect a datasource to a channel
         * @description Connects a datasource to a channel, so that it can deliver files there. The request has no body. The response is 409 when an existing connection conflicts; the reference does not say which, so a repeated request may conflict with the connection that the first one made.
         */
        put: operations["putChannelDatasource"];
        post?: never;
        /**
         * Disconnect a datasource from a channel
         * @description Disconnects a datasource from a channel, so that it can no longer deliver files there. The request has no body. When it is sent twice, the second response can be 404 although the channel exists.
         */
        delete: operations["deleteChannelDatasource"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        /**
         * List the files of a channel
         * @description Lists the files of a channel, one page at a time, each with a URL to download it. Send the `next_page_token` of a
         *     page to get the next one, until it is `null` or absent. An empty page can still have a token.
         *
         *     The reference writes this path with a trailing slash. The wire has none, and a server should accept both.
         */
        get: operations["listChannelFiles"];
        put?: never;
        /**
         * Request a URL to upload a file
         * @description Reserves a file id in a channel and returns a signed URL to which the file's bytes can be uploaded later. The
         *     request has no body, but its `Content-Type` header is required: it is the type of the future file, the
         *     `content_type` of the reference. Metadata are `x-abeja-meta-*` headers of this request.
         *
         *     How the upload to that URL must look is not documented. Use `postChannelFileUpload` unless you know.
         *
         *     The reference writes this path with a trailing slash. The wire has none, and a server should accept both.
         */
        post: operations["getChannelFileUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/upload": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a file to a channel
         * @description Uploads a file to a channel: the request body is the file's bytes. The `Content-Type` header is required and is the
         *     file's own type, the `content_type` of the reference. Metadata are `x-abeja-meta-*` headers. Not idempotent: every
         *     upload creates a new file.
         *
         *     To skip a file that the channel already has, name a metadata key in `conflict_target`. The reference does not list
         *     the 409 that follows.
         */
        post: operations["postChannelFileUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/{file_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The id of the file, assigned by the platform. It is one path segment.
                 * @example 20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9
                 */
                file_id: components["parameters"]["ChannelFileIdInPath"];
            };
            cookie?: never;
        };
        /**
         * Get a file of a channel
         * @description Gets the properties of a file in a channel, and a URL to download its bytes. The URL is on another host: use it byte for byte and without an `Authorization` header, and call this operation again when it has expired.
         */
        get: operations["getChannelFileDownload"];
        put?: never;
        post?: never;
        /**
         * Delete a file of a channel
         * @description Deletes a file from a channel. The request has no body.
         */
        delete: operations["deleteChannelFile"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/{file_id}/metadata": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The id of the file, assigned by the platform. It is one path segment.
                 * @example 20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9
                 */
                file_id: components["parameters"]["ChannelFileIdInPath"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Set the metadata of a file
         * @description Sets the metadata of a file in a channel. Keys and values are percent-encoded in this JSON as in the headers of an upload. The reference does not say whether omitted keys are removed: send every key that must remain.
         */
        put: operations["putChannelFileMetadata"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/{file_id}/lifetime": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The id of the file, assigned by the platform. It is one path segment.
                 * @example 20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9
                 */
                file_id: components["parameters"]["ChannelFileIdInPath"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Set the lifetime of a file
         * @description Sets the time after which a file of a channel is deleted. Whether it counts from now or from the upload is not documented.
         */
        put: operations["putChannelFileLifetime"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/buckets": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
            };
            cookie?: never;
        };
        /**
         * List buckets
         * @description Lists the buckets of an organization, one page at a time. Increase `offset` by the number of items received until
         *     `has_next` is `false`. Unlike the list of channels, this one has no filter for archived items; whether it includes
         *     archived buckets is not documented.
         *
         *     The reference writes this path with a trailing slash. The wire has none, and a server should accept both.
         */
        get: operations["listBuckets"];
        put?: never;
        /**
         * Create a bucket
         * @description Creates a bucket, a tree of directories and files, in an organization. Not idempotent: nothing documents that names are unique, so sending this twice can create two buckets.
         */
        post: operations["createBucket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/buckets/{bucket_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
            };
            cookie?: never;
        };
        /**
         * Get a bucket
         * @description Gets a bucket of an organization by its id.
         */
        get: operations["getBucket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a bucket
         * @description Updates the name of a bucket, its description or both. Omitted properties keep their values; an empty description clears the old one.
         */
        patch: operations["patchBucket"];
        trace?: never;
    };
    "/organizations/{organization_id}/buckets/{bucket_id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Archive a bucket
         * @description Archives a bucket. Unarchiving reverses it. Which operations an archived bucket still allows is not documented. The request has no body.
         */
        post: operations["archiveBucket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/buckets/{bucket_id}/unarchive": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unarchive a bucket
         * @description Reverses the archiving of a bucket. The request has no body.
         */
        post: operations["unarchiveBucket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/buckets/{bucket_id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
            };
            cookie?: never;
        };
        /**
         * List the files of a bucket
         * @description Lists the files in a directory of a bucket, one page at a time. Send the `last_file_id` of a page as `last_file_id` to get the next one, or its `next_start_after` as `start_after` when it has that instead, and repeat `target_dir`, `items_per_page` and `q`. The list ends with a page that has no files, or neither cursor.
         */
        get: operations["listBucketFiles"];
        put?: never;
        /**
         * Upload a file to a bucket
         * @description Uploads a file to a bucket, at a location you choose. The request is a form of two parts, `file` and `parameters`;
         *     metadata are `x-abeja-meta-*` headers of the whole request. The `file_location` and `content_type` of the reference
         *     are the `filename` and the `Content-Type` of the part `file`; both are required.
         *
         *     A second upload to the same location probably replaces the first. As that is not documented, the operation does not
         *     count as idempotent.
         *
         *     The documented method `upload_bucket_files` has no operation of its own: it walks a local directory and uploads each
         *     file with this operation. The location is the path below that directory, with `/` as its separator, and is also the
         *     metadata `filename`. Names that begin with a dot are skipped.
         */
        post: operations["uploadBucketFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/buckets/{bucket_id}/files/{file_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
                /**
                 * @description The location of the file in the bucket, such as `aaa/bbb`. On the wire its slashes stay plain, and every other character that is not unreserved is percent-encoded, segment by segment: `.../files/aaa/my%20file.csv`. OpenAPI cannot express that, so tools that work from this description send `%2F` for a slash. Most responses show ids with a leading slash (`/aaa/bbb`): remove it first. Whether the server accepts `//` or `%2F` was not observed.
                 * @example aaa/bbb
                 */
                file_id: components["parameters"]["BucketFileIdInPath"];
            };
            cookie?: never;
        };
        /**
         * Get a file of a bucket
         * @description Gets the properties of a file in a bucket, and a URL to download its bytes. The URL is on another host: use it byte for byte and without an `Authorization` header, and call this operation again when it has expired.
         */
        get: operations["getBucketFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/deployments/{deployment_id}/triggers": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the deployment of the model that the trigger runs.
                 * @example 1111111111111
                 */
                deployment_id: components["parameters"]["DeploymentIdInPath"];
            };
            cookie?: never;
        };
        /**
         * List the triggers of a deployment
         * @description Lists all triggers of a deployment in one response.
         *
         *     The reference writes this path with a trailing slash. The wire has none, and a server should accept both.
         */
        get: operations["getTriggers"];
        put?: never;
        /**
         * Create a trigger
         * @description Creates a trigger: from now on the model runs whenever a file arrives in the channel named by `input_service_id`.
         *     Not idempotent: sending this twice can create two triggers, and then the model runs twice for every file.
         *
         *     The `model_id` of the reference is `models` with the key `alias` on the wire. By the reference `environment` is
         *     optional; the Python client always sends it.
         */
        post: operations["createTrigger"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/deployments/{deployment_id}/triggers/{trigger_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the deployment of the model that the trigger runs.
                 * @example 1111111111111
                 */
                deployment_id: components["parameters"]["DeploymentIdInPath"];
                /**
                 * @description The id of the trigger.
                 * @example tri-3333333333333333
                 */
                trigger_id: components["parameters"]["TriggerIdInPath"];
            };
            cookie?: never;
        };
        /**
         * Get a trigger
         * @description Gets a trigger of a deployment by its id.
         */
        get: operations["getTrigger"];
        put?: never;
        post?: never;
        /**
         * Delete a trigger
         * @description Deletes a trigger: the model no longer runs for files that arrive from now on. The request has no body.
         */
        delete: operations["deleteTrigger"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organization_id}/deployments/{deployment_id}/triggers/{trigger_id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the deployment of the model that the trigger runs.
                 * @example 1111111111111
                 */
                deployment_id: components["parameters"]["DeploymentIdInPath"];
                /**
                 * @description The id of the trigger.
                 * @example tri-3333333333333333
                 */
                trigger_id: components["parameters"]["TriggerIdInPath"];
            };
            cookie?: never;
        };
        /**
         * List the runs of a trigger
         * @description Lists the runs that a trigger started, newest first, one page at a time. Send the `next_page_token` of a page to get the next one, until it is `null` or absent, and repeat `scan_forward` with it. An empty page can still have a token.
         */
        get: operations["getTriggerRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description The id of the organization.
         * @example 1234567890123
         */
        OrganizationId: string;
        /** @description The description of an error. */
        ErrorResponse: {
            /**
             * @description The kind of error, for programs.
             * @example not_found
             */
            error: string;
            /**
             * @description The error message, for humans.
             * @example channel not found
             */
            error_description: string;
            /**
             * @description Details of the error, such as the problems of each field. Its properties are not documented.
             * @example {
             *       "name": [
             *         "must not be empty"
             *       ]
             *     }
             */
            error_detail?: {
                [key: string]: unknown;
            };
        };
        /**
         * @description The name of the organization.
         * @example abeja-inc
         */
        OrganizationName: string;
        /**
         * Format: date-time
         * @description The time when the organization was created.
         * @example 2017-09-12T10:11:46Z
         */
        OrganizationCreatedAt: string;
        /**
         * Format: date-time
         * @description The time when the organization was last updated.
         * @example 2017-09-12T10:11:46Z
         */
        OrganizationUpdatedAt: string;
        /**
         * @description The id of the channel.
         * @example 1230000000000
         */
        ChannelId: string;
        /** @description A channel. Only properties that every public response shows are required: channels without `name` and `display_name` have been seen. */
        Channel: {
            channel_id: components["schemas"]["ChannelId"];
            /**
             * @description The name of the channel. A channel can have none.
             * @example example-channel
             */
            name?: string;
            /**
             * @description The name to display. Absent when the channel has no name.
             * @example example-channel
             */
            display_name?: string;
            /**
             * @description The purpose of the channel.
             * @example this is sample channel
             */
            description: string;
            /**
             * @description How the channel stores its files: `datalake` or `file`. An open list in responses: `rdb`, which the reference does not name, has been seen.
             * @example datalake
             */
            storage_type: string;
            /**
             * @description Whether the channel is archived. The responses to creating and updating a channel omit it.
             * @example false
             */
            archived?: boolean;
            /**
             * @description Who may use the channel. Only the responses to archiving and unarchiving show it, and `organization` is the only known value.
             * @example organization
             */
            security_method?: string;
            /**
             * Format: date-time
             * @description The time when the channel was created.
             * @example 2018-05-30T10:44:28Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description The time when the channel was last updated.
             * @example 2018-06-06T09:43:34Z
             */
            updated_at: string;
        };
        /**
         * @description The maximum number of items per page.
         * @example 50
         */
        PageLimit: number;
        /**
         * @description The number of items before this page.
         * @example 0
         */
        PageOffset: number;
        /**
         * @description Whether there are items after this page.
         * @example true
         */
        HasNext: boolean;
        /** @description A page of the channels of an organization. */
        ChannelList: {
            organization_id: components["schemas"]["OrganizationId"];
            organization_name: components["schemas"]["OrganizationName"];
            created_at: components["schemas"]["OrganizationCreatedAt"];
            updated_at: components["schemas"]["OrganizationUpdatedAt"];
            /** @description The channels on this page. */
            channels: components["schemas"]["Channel"][];
            limit: components["schemas"]["PageLimit"];
            offset: components["schemas"]["PageOffset"];
            has_next: components["schemas"]["HasNext"];
        };
        /**
         * @description How the channel stores its files.
         * @example datalake
         * @enum {string}
         */
        StorageType: "datalake" | "file";
        /** @description The channel to create. */
        CreateChannelRequest: {
            /**
             * @description The name of the channel.
             * @example sample channel
             */
            name: string;
            /**
             * @description The purpose of the channel. It can be empty.
             * @example sample channel description
             */
            description: string;
            storage_type: components["schemas"]["StorageType"];
        };
        /** @description A channel, together with its organization. */
        ChannelEnvelope: {
            organization_id: components["schemas"]["OrganizationId"];
            organization_name: components["schemas"]["OrganizationName"];
            created_at: components["schemas"]["OrganizationCreatedAt"];
            updated_at: components["schemas"]["OrganizationUpdatedAt"];
            channel: components["schemas"]["Channel"];
        };
        /** @description The properties of a channel to update. Omitted properties keep their values. */
        PatchChannelRequest: {
            /**
             * @description The new name.
             * @example updated_name
             */
            name?: string;
            /**
             * @description The new description. An empty string clears it.
             * @example updated_description
             */
            description?: string;
        };
        /**
         * @description The id of the datasource.
         * @example 1442132811920
         */
        DatasourceId: string;
        /** @description A device or service that delivers files to a channel. */
        Datasource: {
            datasource_id: components["schemas"]["DatasourceId"];
            /**
             * @description The name to display.
             * @example test_datasource
             */
            display_name: string;
            /**
             * @description The password of the datasource. Keep it secret, also in logs.
             * @example not-a-real-secret
             */
            secret: string;
            /**
             * Format: date-time
             * @description The time when the datasource was created.
             * @example 2018-05-15T10:33:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description The time when the datasource was last updated.
             * @example 2018-05-15T10:33:00Z
             */
            updated_at: string;
        };
        /** @description The datasources of a channel. */
        DatasourceList: {
            organization_id: components["schemas"]["OrganizationId"];
            organization_name: components["schemas"]["OrganizationName"];
            created_at: components["schemas"]["OrganizationCreatedAt"];
            updated_at: components["schemas"]["OrganizationUpdatedAt"];
            /** @description The datasources connected to the channel. */
            datasources: components["schemas"]["Datasource"][];
            limit: components["schemas"]["PageLimit"];
            offset: components["schemas"]["PageOffset"];
            has_next: components["schemas"]["HasNext"];
        };
        /** @description A datasource, together with its organization. */
        DatasourceEnvelope: {
            organization_id: components["schemas"]["OrganizationId"];
            organization_name: components["schemas"]["OrganizationName"];
            created_at: components["schemas"]["OrganizationCreatedAt"];
            updated_at: components["schemas"]["OrganizationUpdatedAt"];
            datasource: components["schemas"]["Datasource"];
        };
        /**
         * @description The id of the file, assigned by the platform.
         * @example 20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9
         */
        ChannelFileId: string;
        /**
         * @description The media type of the file, as the upload stated it.
         * @example image/jpeg
         */
        FileContentType: string;
        /**
         * @description The metadata of a file. Your own are `x-abeja-meta-<key>`: strings, with key and value percent-encoded (UTF-8). The platform's are `x-abeja-sys-meta-<key>`, and their values can be any JSON: an array of objects has been seen in `x-abeja-sys-meta-validation-error`.
         * @example {
         *       "x-abeja-meta-filename": "sample.jpg"
         *     }
         */
        FileMetadata: {
            [key: string]: unknown;
        };
        /**
         * Format: date-time
         * @description The time when the file was uploaded.
         * @example 2018-05-10T11:02:08+00:00
         */
        UploadedAt: string;
        /**
         * Format: uri
         * @description The URL to download the bytes from, signed and on another host. Use it byte for byte and without an `Authorization` header. A 403 from there means that it has expired. Optional because a response can hold the older `download_url` instead.
         * @example https://storage.example.com/sample.jpg?Expires=1526410477&Signature=EXAMPLE
         */
        DownloadUri: string;
        /**
         * Format: uri
         * @deprecated
         * @description The same URL as `download_uri` under its older name. The reference does not have it, and public programs read it. Use it only when `download_uri` is absent.
         * @example https://storage.example.com/sample.jpg?Expires=1526410477&Signature=EXAMPLE
         */
        DownloadUrl: string;
        /**
         * Format: date-time
         * @description The time when the URL in the same object expires. Request the file again for a new one.
         * @example 2018-05-15T18:54:37+00:00
         */
        UrlExpiresOn: string;
        /** @description A file in a channel, and where to download it. `download_uri` is not required, because a response can hold the older `download_url` instead. */
        ChannelFile: {
            file_id: components["schemas"]["ChannelFileId"];
            content_type: components["schemas"]["FileContentType"];
            metadata: components["schemas"]["FileMetadata"];
            uploaded_at: components["schemas"]["UploadedAt"];
            download_uri?: components["schemas"]["DownloadUri"];
            download_url?: components["schemas"]["DownloadUrl"];
            url_expires_on: components["schemas"]["UrlExpiresOn"];
        };
        /**
         * @description The cursor of the next page, sent as `next_page_token`. `null` or absent on the last page.
         * @example xxxxx
         */
        NextPageToken: string | null;
        /** @description A page of the files of a channel. */
        ChannelFileList: {
            /** @description The files on this page. */
            files: components["schemas"]["ChannelFile"][];
            next_page_token?: components["schemas"]["NextPageToken"];
        };
        /** @description An id reserved for a file, and the URL to upload its bytes to. */
        ChannelFileUploadTicket: {
            file_id: components["schemas"]["ChannelFileId"];
            content_type: components["schemas"]["FileContentType"];
            metadata: components["schemas"]["FileMetadata"];
            /**
             * Format: date-time
             * @description The time when the file was uploaded. `null` here, as nothing has been uploaded yet.
             * @example null
             */
            uploaded_at: string | null;
            /**
             * Format: uri
             * @description The URL to upload the bytes to, signed and on another host. How that request must look is not documented.
             * @example https://storage.example.com/sample.jpg?Expires=1526411165&Signature=EXAMPLE
             */
            upload_url: string;
            url_expires_on: components["schemas"]["UrlExpiresOn"];
        };
        /**
         * @description How long a file is kept before it is deleted. `1year` is newer than the reference, which ends at six months.
         * @example 1week
         * @enum {string}
         */
        Lifetime: "1day" | "1week" | "1month" | "6months" | "1year";
        /** @description The file that an upload created. */
        UploadedFile: {
            /**
             * Format: date-time
             * @description The time when the file was uploaded. The reference shows `null` in this response.
             * @example null
             */
            uploaded_at: string | null;
            metadata: components["schemas"]["FileMetadata"];
            /**
             * @description How long the file is kept. `null` or absent when the upload named no lifetime. An open list in responses: expect values other than those an upload can name, which are `1day`, `1week`, `1month`, `6months` and `1year`.
             * @example 1day
             */
            lifetime?: string | null;
            content_type: components["schemas"]["FileContentType"];
            /**
             * @description The id of the file. For a bucket it is the location, which has been seen without the leading slash that lists show.
             * @example 20180515T180605-f4acc798-9afa-40a1-b500-ebce42a4fa3f
             */
            file_id: string;
            /**
             * Format: date-time
             * @description Seen in the response to a bucket upload, in a public guide, although no URL stands beside it. The reference does not have it.
             * @example 2018-05-15T18:54:37+00:00
             */
            url_expires_on?: string;
        };
        /** @description The confirmation that a file was deleted. */
        DeletedChannelFile: {
            /**
             * @description The confirmation, for humans.
             * @example deleted file (20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9)
             */
            message: string;
        };
        /**
         * @description The metadata to set on a file: properties `x-abeja-meta-<key>`, with key and value percent-encoded (UTF-8).
         * @example {
         *       "x-abeja-meta-filename": "sample.jpg"
         *     }
         */
        Metadata: {
            [key: string]: string;
        };
        /** @description The lifetime to set. */
        PutChannelFileLifetimeRequest: {
            lifetime: components["schemas"]["Lifetime"];
        };
        /** @description The lifetime of a file in a channel. */
        ChannelFileLifetime: {
            channel_id: components["schemas"]["ChannelId"];
            file_id: components["schemas"]["ChannelFileId"];
            /**
             * @description How long the file is kept. An open list in responses: expect values other than those a request can name, which are `1day`, `1week`, `1month`, `6months` and `1year`.
             * @example 1week
             */
            lifetime: string;
        };
        /**
         * @description The id of the bucket.
         * @example 1230000000000
         */
        BucketId: string;
        /** @description A bucket. Only properties that every public response shows, or that its creation needs, are required: public programs create buckets without a name or a description. */
        Bucket: {
            bucket_id: components["schemas"]["BucketId"];
            /**
             * @description The name of the bucket. A bucket can have none.
             * @example example-bucket
             */
            name?: string;
            /**
             * @description The name to display. Absent when the bucket has no name.
             * @example example-bucket
             */
            display_name?: string;
            /**
             * @description The purpose of the bucket. Absent when the bucket was created without one.
             * @example this is sample bucket
             */
            description?: string;
            /**
             * @description Whether the bucket is archived. Only the responses to archiving and unarchiving show it.
             * @example false
             */
            archived?: boolean;
            /**
             * @description Who may use the bucket. Only the responses to archiving and unarchiving show it, and `organization` is the only known value.
             * @example organization
             */
            security_method?: string;
            /**
             * Format: date-time
             * @description The time when the bucket was created.
             * @example 2018-05-30T10:44:28Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description The time when the bucket was last updated.
             * @example 2018-06-06T09:43:34Z
             */
            updated_at: string;
        };
        /** @description A page of the buckets of an organization. */
        BucketList: {
            organization_id: components["schemas"]["OrganizationId"];
            organization_name: components["schemas"]["OrganizationName"];
            created_at: components["schemas"]["OrganizationCreatedAt"];
            updated_at: components["schemas"]["OrganizationUpdatedAt"];
            /** @description The buckets on this page. */
            buckets: components["schemas"]["Bucket"][];
            limit: components["schemas"]["PageLimit"];
            offset: components["schemas"]["PageOffset"];
            has_next: components["schemas"]["HasNext"];
        };
        /** @description The bucket to create. */
        CreateBucketRequest: {
            /**
             * @description The name of the bucket.
             * @example sample bucket
             */
            name: string;
            /**
             * @description The purpose of the bucket. It can be empty.
             * @example sample bucket description
             */
            description: string;
        };
        /** @description A bucket, together with its organization. */
        BucketEnvelope: {
            organization_id: components["schemas"]["OrganizationId"];
            organization_name: components["schemas"]["OrganizationName"];
            created_at: components["schemas"]["OrganizationCreatedAt"];
            updated_at: components["schemas"]["OrganizationUpdatedAt"];
            bucket: components["schemas"]["Bucket"];
        };
        /** @description The properties of a bucket to update. Omitted properties keep their values. */
        PatchBucketRequest: {
            /**
             * @description The new name.
             * @example updated_name
             */
            name?: string;
            /**
             * @description The new description. An empty string clears it.
             * @example updated_description
             */
            description?: string;
        };
        /**
         * @description The location of the file in the bucket. Responses are not consistent: most begin it with a slash, while the response to an upload and some lists have been seen without. `/aaa/bbb` and `aaa/bbb` are the same file.
         * @example /aaa/bbb/ddd
         */
        BucketFileId: string;
        /**
         * @description Whether this is a file. Otherwise it is a directory.
         * @example true
         */
        IsFile: boolean;
        /**
         * Format: int64
         * @description The size in bytes.
         * @example 4
         */
        FileSize: number;
        /**
         * @description A value that changes with the content.
         * @example xxx
         */
        FileEtag: string;
        /**
         * Format: date-time
         * @description The time of the last change of the content.
         * @example 2018-05-10T11:02:08+00:00
         */
        LastModified: string;
        /**
         * Format: date-time
         * @description A time seen in public responses and absent from the reference: presumably when the file is deleted, because of its lifetime, or when its download URL expires.
         * @example 2030-01-01T00:00:00+00:00
         */
        FileExpires: string;
        /** @description An entry in a directory of a bucket: a file, or a subdirectory. The reference shows files only. As `is_file` implies other entries, only the two properties that these need are required. */
        BucketEntry: {
            file_id: components["schemas"]["BucketFileId"];
            is_file: components["schemas"]["IsFile"];
            size?: components["schemas"]["FileSize"];
            etag?: components["schemas"]["FileEtag"];
            metadata?: components["schemas"]["FileMetadata"];
            last_modified?: components["schemas"]["LastModified"];
            uploaded_at?: components["schemas"]["UploadedAt"];
            download_uri?: components["schemas"]["DownloadUri"];
            download_url?: components["schemas"]["DownloadUrl"];
            url_expires_on?: components["schemas"]["UrlExpiresOn"];
            expires?: components["schemas"]["FileExpires"];
        };
        /** @description A page of a directory of a bucket. */
        BucketFileList: {
            /** @description The files and directories on this page. Empty on the page after the last one. */
            files: components["schemas"]["BucketEntry"][];
            /**
             * @description The cursor of the reference: send it as `last_file_id` to get the next page. `null` or absent when the list has ended, or when the response holds `next_start_after` instead.
             * @example /aaa/bbb/ccc
             */
            last_file_id?: string | null;
            /**
             * @description A second cursor, which the reference does not have and the platform's own command line follows: send it as `start_after` to get the next page. It can still be set on the last page, which has no files.
             * @example /aaa/bbb/ccc
             */
            next_start_after?: string | null;
        };
        /** @description A file in a bucket, and where to download it. Only properties that every public response shows are required: files without `last_modified`, `uploaded_at` and `url_expires_on` have been seen, and `download_url` can stand in for `download_uri`. */
        BucketFile: {
            file_id: components["schemas"]["BucketFileId"];
            is_file: components["schemas"]["IsFile"];
            size: components["schemas"]["FileSize"];
            etag: components["schemas"]["FileEtag"];
            metadata: components["schemas"]["FileMetadata"];
            last_modified?: components["schemas"]["LastModified"];
            uploaded_at?: components["schemas"]["UploadedAt"];
            download_uri?: components["schemas"]["DownloadUri"];
            download_url?: components["schemas"]["DownloadUrl"];
            url_expires_on?: components["schemas"]["UrlExpiresOn"];
            expires?: components["schemas"]["FileExpires"];
        };
        /**
         * @description The id of the deployment.
         * @example 1111111111111
         */
        DeploymentId: string;
        /**
         * @description The id of the trigger.
         * @example tri-3333333333333333
         */
        TriggerId: string;
        /**
         * @description The id of the version of the model that runs.
         * @example ver-1111111111111111
         */
        ModelVersionId: string;
        /**
         * @description The training models that the code can use: ids by alias. Every documented response has one, but a trigger can be created without: expect an empty object, `null` or no property.
         * @example {
         *       "alias": "3333333333333"
         *     }
         */
        ModelsByAlias: {
            [key: string]: string;
        } | null;
        /**
         * @description The environment variables of the code that runs. All values are strings. The reference shows an empty object for a run without any, and no such trigger: expect an empty object, `null` or no property.
         * @example {
         *       "DEBUG": "debug"
         *     }
         */
        EnvironmentVariables: {
            [key: string]: string;
        } | null;
        /** @description A trigger. Only properties that every public response shows are required: triggers without `organization_id`, `output_service_name` and `output_service_id` have been seen. The reference also lists a `run_id` among the properties, which no response shows: probably a slip for `trigger_id`. */
        Trigger: {
            trigger_id: components["schemas"]["TriggerId"];
            organization_id?: components["schemas"]["OrganizationId"];
            deployment_id: components["schemas"]["DeploymentId"];
            /**
             * @description The version of the model that runs.
             * @example 0.0.3
             */
            model_version: string;
            model_version_id: components["schemas"]["ModelVersionId"];
            models?: components["schemas"]["ModelsByAlias"];
            /**
             * @description The kind of service that files come from. An open list in responses: expect values other than `datalake`, such as `datamart-rdb`.
             * @example datalake
             */
            input_service_name: string;
            /**
             * @description The id of the service that files come from. For `datalake` this is the id of a channel.
             * @example 2222222222222
             */
            input_service_id: string;
            /**
             * @description The kind of service that results go to. `null` or absent when there is none.
             * @example datalake
             */
            output_service_name?: string | null;
            /**
             * @description The id of the service that results go to. `null` or absent when there is none.
             * @example 2222222222222
             */
            output_service_id?: string | null;
            /**
             * @description The number of attempts of a run.
             * @example 7
             */
            retry_count: number;
            /**
             * Format: int64
             * @description The id whose remainder determines the queue. The reference shows it only in the response to creating a trigger; it has been seen in others too.
             * @example 0
             */
            distribution?: number;
            user_env_vars?: components["schemas"]["EnvironmentVariables"];
            /**
             * Format: date-time
             * @description The time when the trigger was created. The response to creating one omits it.
             * @example 2018-01-01T00:00:00.000000Z
             */
            created_at?: string;
            /**
             * Format: date-time
             * @description The time when the trigger was last updated. The response to creating one omits it.
             * @example 2018-01-01T00:00:00.000000Z
             */
            modified_at?: string;
        };
        /** @description All triggers of a deployment. */
        TriggerList: {
            /** @description The triggers. */
            entries: components["schemas"]["Trigger"][];
        };
        /**
         * @description The kind of service that files come from. By the reference only `datalake` is available for now; public programs of the platform also send `datamart-rdb`.
         * @example datalake
         * @enum {string}
         */
        InputServiceName: "datalake" | "datamart-rdb";
        /** @description The trigger to create. */
        CreateTriggerRequest: {
            version_id: components["schemas"]["ModelVersionId"];
            input_service_name: components["schemas"]["InputServiceName"];
            /**
             * @description The id of the service that files come from. For `datalake` this is the id of a channel.
             * @example 2222222222222
             */
            input_service_id: string;
            /**
             * @description The kind of service that results go to.
             * @example datalake
             */
            output_service_name?: string;
            /**
             * @description The id of the service that results go to. Required beside `output_service_name`.
             * @example 2222222222222
             */
            output_service_id?: string;
            /**
             * @description The training model that the code can use. The reference calls it `model_id`; on the wire it is an object with the one key `alias`.
             * @example {
             *       "alias": "3333333333333"
             *     }
             */
            models?: {
                /**
                 * @description The id of the training model.
                 * @example 3333333333333
                 */
                alias: string;
            };
            /**
             * Format: int64
             * @description The id whose remainder determines the queue. Omitted, round-robin is used.
             * @example 0
             */
            distribution?: number;
            /**
             * @description The number of attempts of a run, from 0 to 9.
             * @default 5
             * @example 5
             */
            retry_count?: number;
            /**
             * @description The environment variables of the code that runs. By the reference it is optional; the Python client always sends it, as `null` when there are none. To be safe, do so too.
             * @example {
             *       "EXAMPLE_ENV": "example"
             *     }
             */
            environment?: {
                [key: string]: string;
            } | null;
        };
        /** @description The confirmation that a trigger was deleted. */
        DeletedTrigger: {
            /**
             * @description The confirmation, for humans.
             * @example tri-3333333333333333 deleted
             */
            message: string;
        };
        /** @description One run of a model, started by a trigger. */
        TriggerRun: {
            /**
             * @description The id of the run.
             * @example run-3333333333333333
             */
            run_id: string;
            trigger_id: components["schemas"]["TriggerId"];
            deployment_id: components["schemas"]["DeploymentId"];
            /**
             * @description The state of the run. An open list: the reference shows `SUCCEEDED` and names no others.
             * @example SUCCEEDED
             */
            status: string;
            /**
             * @description The input of the run, such as `<channel id>/<file id>` under a name that begins with `$datalake`.
             * @example {
             *       "$datalake:1": "2222222222222/20190101T000000-e8286a2a-100a-4a40-a7de-5c9a5794b76c"
             *     }
             */
            input_data: {
                [key: string]: string;
            };
            models?: components["schemas"]["ModelsByAlias"];
            model_version_id: components["schemas"]["ModelVersionId"];
            /**
             * @description How the result is stored. The reference only shows `null`; the form is not documented.
             * @example null
             */
            output_template: {
                [key: string]: unknown;
            } | null;
            /**
             * @description The number of attempts of the run.
             * @example 5
             */
            retry_count: number;
            user_env_vars?: components["schemas"]["EnvironmentVariables"];
            /**
             * Format: date-time
             * @description The time when the run was created.
             * @example 2019-01-01T00:00:00.000000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description The time when the run was last updated.
             * @example 2019-01-01T00:00:00.000000Z
             */
            modified_at: string;
        };
        /** @description A page of the runs of a trigger. */
        TriggerRunList: {
            /** @description The runs on this page. */
            entries: components["schemas"]["TriggerRun"][];
            next_page_token?: components["schemas"]["NextPageToken"];
        };
    };
    responses: {
        /** @description Any other error. The reference lists none here, but 405, 429 or 503 can occur anywhere. The body can also be HTML, plain text or empty when a proxy sends the response. */
        UnexpectedError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description Authentication failed. The credential is missing, unknown or expired. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The credential is valid, but lacks the permission for this operation. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The reference lists "channel not found", although the request names no channel. The meaning is not documented. */
        ChannelListNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The server failed. The request may have been processed before. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The request is incomplete or invalid. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The channel does not exist. */
        ChannelNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The operation succeeded, and the response has no body. The reference shows a body and names no status; a server may send an empty one, with this status or another 2xx. Treat every 2xx as success. */
        NoContent: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The datasource or the channel does not exist. */
        DatasourceNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The datasource cannot be connected because of an existing connection. */
        DatasourceConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The channel already has a file with the same value of the metadata key named by `conflict_target`. */
        ChannelFileConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The file or the channel does not exist. */
        ChannelFileNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The reference lists "bucket not found", although the request names no bucket. The meaning is not documented. */
        BucketListNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The bucket does not exist. */
        BucketNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The file or the bucket does not exist. */
        BucketFileNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The deployment does not exist. */
        DeploymentNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The trigger or the deployment does not exist. */
        TriggerNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
    };
    parameters: {
        /**
         * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
         * @example 1234567890123
         */
        OrganizationIdInPath: components["schemas"]["OrganizationId"];
        /**
         * @description The maximum number of items per page. The documented responses show 50. No upper bound is documented.
         * @example 50
         */
        Limit: number;
        /**
         * @description The number of items to skip.
         * @example 0
         */
        Offset: number;
        /**
         * @description The id of the channel.
         * @example 1230000000000
         */
        ChannelIdInPath: components["schemas"]["ChannelId"];
        /**
         * @description The id of the datasource.
         * @example 1442132811920
         */
        DatasourceIdInPath: components["schemas"]["DatasourceId"];
        /**
         * @description The maximum number of files per page. Neither a default nor an upper bound is documented.
         * @example 100
         */
        ItemsPerPage: number;
        /**
         * @description The name of the file, percent-encoded. One of any number of `x-abeja-meta-<key>` headers that form the metadata of the file: keys and values are percent-encoded UTF-8. A slash stays plain in a value and is `%2F` in a key.
         * @example sample.jpg
         */
        MetaFilename: string;
        /**
         * @description The id of the file, assigned by the platform. It is one path segment.
         * @example 20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9
         */
        ChannelFileIdInPath: components["schemas"]["ChannelFileId"];
        /**
         * @description The id of the bucket.
         * @example 1230000000000
         */
        BucketIdInPath: components["schemas"]["BucketId"];
        /**
         * @description The location of the file in the bucket, such as `aaa/bbb`. On the wire its slashes stay plain, and every other character that is not unreserved is percent-encoded, segment by segment: `.../files/aaa/my%20file.csv`. OpenAPI cannot express that, so tools that work from this description send `%2F` for a slash. Most responses show ids with a leading slash (`/aaa/bbb`): remove it first. Whether the server accepts `//` or `%2F` was not observed.
         * @example aaa/bbb
         */
        BucketFileIdInPath: components["schemas"]["BucketFileId"];
        /**
         * @description The id of the deployment of the model that the trigger runs.
         * @example 1111111111111
         */
        DeploymentIdInPath: components["schemas"]["DeploymentId"];
        /**
         * @description The id of the trigger.
         * @example tri-3333333333333333
         */
        TriggerIdInPath: components["schemas"]["TriggerId"];
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listChannels: {
        parameters: {
            query?: {
                /**
                 * @description The maximum number of items per page. The documented responses show 50. No upper bound is documented.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description The number of items to skip.
                 * @example 0
                 */
                offset?: components["parameters"]["Offset"];
                /**
                 * @description Whether to include archived channels. The reference describes a boolean that includes them when it is true; on the wire it is a string, and the Python client sends `exclude_archived` for true. The behaviour without it is uncertain (by the reference they are excluded), so send the value you mean.
                 * @example exclude_archived
                 */
                filter_archived?: "exclude_archived" | "include_archived";
            };
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of channels. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ChannelListNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    createChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
            };
            cookie?: never;
        };
        /** @description The channel to create. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateChannelRequest"];
            };
        };
        responses: {
            /** @description The new channel. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelEnvelope"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    getChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The channel. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelEnvelope"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ChannelNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    patchChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        /** @description The properties to update. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchChannelRequest"];
            };
        };
        responses: {
            /** @description The channel after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelEnvelope"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ChannelNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    archiveChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The channel after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelEnvelope"];
                };
            };
            204: components["responses"]["NoContent"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ChannelNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    unarchiveChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The channel after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelEnvelope"];
                };
            };
            204: components["responses"]["NoContent"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ChannelNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    listChannelDatasources: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The datasources of the channel. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasourceList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ChannelNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    putChannelDatasource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The id of the datasource.
                 * @example 1442132811920
                 */
                datasource_id: components["parameters"]["DatasourceIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The connected datasource. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasourceEnvelope"];
                };
            };
            204: components["responses"]["NoContent"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["DatasourceNotFound"];
            409: components["responses"]["DatasourceConflict"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    deleteChannelDatasource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The id of the datasource.
                 * @example 1442132811920
                 */
                datasource_id: components["parameters"]["DatasourceIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The disconnected datasource. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasourceEnvelope"];
                };
            };
            204: components["responses"]["NoContent"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["DatasourceNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    listChannelFiles: {
        parameters: {
            query?: {
                /** @description Includes only files uploaded at this date or time or later. The reference does not fix a format. */
                start?: string;
                /**
                 * @description Includes only files uploaded until this date or time. The reference does not fix a format.
                 * @example 2018-05-31
                 */
                end?: string;
                /**
                 * @description The time zone of `start` and `end`. It has no effect without one of them.
                 * @example Asia/Tokyo
                 */
                timezone?: string;
                /**
                 * @description The maximum number of files per page. Neither a default nor an upper bound is documented.
                 * @example 100
                 */
                items_per_page?: components["parameters"]["ItemsPerPage"];
                /**
                 * @description The properties to sort by, separated by commas. A hyphen in front of one reverses its order. Omitted, the files are sorted by `uploaded_at`, oldest first.
                 * @example -uploaded_at
                 */
                sort?: string;
                /** @description The `next_page_token` of the previous page. Send it alone, without any other parameter. */
                next_page_token?: string;
                /**
                 * @description The search expression, such as `x-abeja-meta-filename:sample.jpg` for the files whose file name contains that value. The reference calls it `query`; on the wire it is `q`.
                 * @example x-abeja-meta-filename:filename
                 */
                q?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of files. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelFileList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ChannelNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    getChannelFileUpload: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The name of the file, percent-encoded. One of any number of `x-abeja-meta-<key>` headers that form the metadata of the file: keys and values are percent-encoded UTF-8. A slash stays plain in a value and is `%2F` in a key.
                 * @example sample.jpg
                 */
                "x-abeja-meta-filename"?: components["parameters"]["MetaFilename"];
            };
            path: {
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        /** @description An empty body. The `Content-Type` header is the type of the future file. */
        requestBody?: {
            content: {
                "application/octet-stream": BinaryBody;
                "*/*": BinaryBody;
            };
        };
        responses: {
            /** @description The reserved file id and the URL to upload to. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelFileUploadTicket"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ChannelNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    postChannelFileUpload: {
        parameters: {
            query?: {
                /**
                 * @description How long to keep the file. Omitted, it is kept without a limit.
                 * @example 1day
                 */
                lifetime?: components["schemas"]["Lifetime"];
                /** @description The metadata key that must be unique: the upload is rejected with 409 when the channel already has a file with the same value of this key. Write the key without its prefix: `filename` for `x-abeja-meta-filename`. */
                conflict_target?: string;
            };
            header?: {
                /**
                 * @description The name of the file, percent-encoded. One of any number of `x-abeja-meta-<key>` headers that form the metadata of the file: keys and values are percent-encoded UTF-8. A slash stays plain in a value and is `%2F` in a key.
                 * @example sample.jpg
                 */
                "x-abeja-meta-filename"?: components["parameters"]["MetaFilename"];
            };
            path: {
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        /** @description The bytes of the file, with its own type in the `Content-Type` header. `application/octet-stream` stands beside `*\/*` for generators that cannot send the latter. */
        requestBody: {
            content: {
                "application/octet-stream": BinaryBody;
                "*/*": BinaryBody;
            };
        };
        responses: {
            /** @description The uploaded file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedFile"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ChannelNotFound"];
            409: components["responses"]["ChannelFileConflict"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    getChannelFileDownload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The id of the file, assigned by the platform. It is one path segment.
                 * @example 20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9
                 */
                file_id: components["parameters"]["ChannelFileIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelFile"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ChannelFileNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    deleteChannelFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The id of the file, assigned by the platform. It is one path segment.
                 * @example 20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9
                 */
                file_id: components["parameters"]["ChannelFileIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The confirmation of the deletion. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedChannelFile"];
                };
            };
            204: components["responses"]["NoContent"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ChannelFileNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    putChannelFileMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The id of the file, assigned by the platform. It is one path segment.
                 * @example 20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9
                 */
                file_id: components["parameters"]["ChannelFileIdInPath"];
            };
            cookie?: never;
        };
        /** @description The metadata. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Metadata"];
            };
        };
        responses: {
            /** @description The file with its new metadata. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelFile"];
                };
            };
            204: components["responses"]["NoContent"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ChannelFileNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    putChannelFileLifetime: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The id of the file, assigned by the platform. It is one path segment.
                 * @example 20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9
                 */
                file_id: components["parameters"]["ChannelFileIdInPath"];
            };
            cookie?: never;
        };
        /** @description The new lifetime. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutChannelFileLifetimeRequest"];
            };
        };
        responses: {
            /** @description The lifetime after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelFileLifetime"];
                };
            };
            204: components["responses"]["NoContent"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ChannelFileNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    listBuckets: {
        parameters: {
            query?: {
                /**
                 * @description The maximum number of items per page. The documented responses show 50. No upper bound is documented.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description The number of items to skip.
                 * @example 0
                 */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of buckets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BucketList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["BucketListNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    createBucket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
            };
            cookie?: never;
        };
        /** @description The bucket to create. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateBucketRequest"];
            };
        };
        responses: {
            /** @description The new bucket. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BucketEnvelope"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    getBucket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bucket. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BucketEnvelope"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["BucketNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    patchBucket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
            };
            cookie?: never;
        };
        /** @description The properties to update. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchBucketRequest"];
            };
        };
        responses: {
            /** @description The bucket after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BucketEnvelope"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["BucketNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    archiveBucket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bucket after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BucketEnvelope"];
                };
            };
            204: components["responses"]["NoContent"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["BucketNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    unarchiveBucket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bucket after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BucketEnvelope"];
                };
            };
            204: components["responses"]["NoContent"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["BucketNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    listBucketFiles: {
        parameters: {
            query?: {
                /**
                 * @description The directory to list. Omitted, the root of the bucket.
                 * @example /
                 */
                target_dir?: string;
                /**
                 * @description The maximum number of files per page. Neither a default nor an upper bound is documented.
                 * @example 100
                 */
                items_per_page?: components["parameters"]["ItemsPerPage"];
                /** @description The `last_file_id` of the previous page. Repeat `target_dir`, `items_per_page` and `q` with it. */
                last_file_id?: string;
                /** @description The `next_start_after` of the previous page. The reference does not have it; the platform's own command line pages with it. Send it only when the previous page had `next_start_after` and no `last_file_id`. */
                start_after?: string;
                /**
                 * @description A JMESPath expression that filters files. The reference calls it `query`; on the wire it is `q`.
                 * @example contains(file_id, 'ddd')
                 */
                q?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of files. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BucketFileList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["BucketNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    uploadBucketFile: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The name of the file, percent-encoded. One of any number of `x-abeja-meta-<key>` headers that form the metadata of the file: keys and values are percent-encoded UTF-8. A slash stays plain in a value and is `%2F` in a key.
                 * @example sample.jpg
                 */
                "x-abeja-meta-filename"?: components["parameters"]["MetaFilename"];
            };
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
            };
            cookie?: never;
        };
        /** @description The file and its parameters, in this order. */
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description The bytes of the file. The `filename` of the part is the whole location to store it at, such as `target/sample.jpg` (`file_location` in the reference). A location has no leading, trailing or double slash and no `.` or `..` segment. The `Content-Type` of the part, which is required, is the file's own (`content_type` in the reference).
                     */
                    file: BinaryBody;
                    /**
                     * @description A JSON object: `{}`, or `{"lifetime":"1day"}` to delete the file after that time. The lifetimes are `1day`, `1week`, `1month`, `6months` and `1year`. The `filename` of the part is `params.json`, its `Content-Type` is `application/json`.
                     * @example {"lifetime":"1day"}
                     */
                    parameters: string;
                };
            };
        };
        responses: {
            /** @description The uploaded file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedFile"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["BucketNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    getBucketFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
                /**
                 * @description The location of the file in the bucket, such as `aaa/bbb`. On the wire its slashes stay plain, and every other character that is not unreserved is percent-encoded, segment by segment: `.../files/aaa/my%20file.csv`. OpenAPI cannot express that, so tools that work from this description send `%2F` for a slash. Most responses show ids with a leading slash (`/aaa/bbb`): remove it first. Whether the server accepts `//` or `%2F` was not observed.
                 * @example aaa/bbb
                 */
                file_id: components["parameters"]["BucketFileIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BucketFile"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["BucketFileNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    getTriggers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the deployment of the model that the trigger runs.
                 * @example 1111111111111
                 */
                deployment_id: components["parameters"]["DeploymentIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The triggers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriggerList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["DeploymentNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    createTrigger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the deployment of the model that the trigger runs.
                 * @example 1111111111111
                 */
                deployment_id: components["parameters"]["DeploymentIdInPath"];
            };
            cookie?: never;
        };
        /** @description The trigger to create. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTriggerRequest"];
            };
        };
        responses: {
            /** @description The new trigger. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trigger"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["DeploymentNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    getTrigger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the deployment of the model that the trigger runs.
                 * @example 1111111111111
                 */
                deployment_id: components["parameters"]["DeploymentIdInPath"];
                /**
                 * @description The id of the trigger.
                 * @example tri-3333333333333333
                 */
                trigger_id: components["parameters"]["TriggerIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The trigger. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trigger"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["TriggerNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    deleteTrigger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the deployment of the model that the trigger runs.
                 * @example 1111111111111
                 */
                deployment_id: components["parameters"]["DeploymentIdInPath"];
                /**
                 * @description The id of the trigger.
                 * @example tri-3333333333333333
                 */
                trigger_id: components["parameters"]["TriggerIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The confirmation of the deletion. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedTrigger"];
                };
            };
            204: components["responses"]["NoContent"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["TriggerNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
    getTriggerRuns: {
        parameters: {
            query?: {
                /** @description The `next_page_token` of the previous page. Repeat `scan_forward` with it: the Python client sends both, and a token alone could continue in the default direction. */
                next_page_token?: string;
                /**
                 * @description Whether to list the oldest runs first. Omitted, the newest come first. The Python client writes `True`; send `true`.
                 * @example false
                 */
                scan_forward?: boolean;
            };
            header?: never;
            path: {
                /**
                 * @description The id of the organization that owns the resource. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The id of the deployment of the model that the trigger runs.
                 * @example 1111111111111
                 */
                deployment_id: components["parameters"]["DeploymentIdInPath"];
                /**
                 * @description The id of the trigger.
                 * @example tri-3333333333333333
                 */
                trigger_id: components["parameters"]["TriggerIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of runs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriggerRunList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["TriggerNotFound"];
            500: components["responses"]["InternalServerError"];
            default: components["responses"]["UnexpectedError"];
        };
    };
}
