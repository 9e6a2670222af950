// Generated from spec/. Do not edit; run `npm run generate`.

export type BinaryBody = Blob | BufferSource | ReadableStream<Uint8Array> | string;
export interface paths {
    "/organizations/{organization_id}/channels": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
            };
            cookie?: never;
        };
        /**
         * List channels
         * @description The channels of an organization, a page at a time. Raise `offset` by the items received until `has_next` is `false`.
         *
         *     The reference writes this path with a trailing slash; on the wire it has none, and a server should accept both.
         */
        get: operations["listChannels"];
        put?: never;
        /**
         * Create a channel
         * @description Creates a channel, a stream of files, in an organization. Names need not be unique as far as is documented, so
         *     sending this twice can create two.
         *
         *     The reference writes this path with a trailing slash; on the wire it has none, and a server should accept both.
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
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        /**
         * Get a channel
         * @description One channel of an organization.
         */
        get: operations["getChannel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a channel
         * @description Changes the name, the description or both. What is left out stays as it is; an empty description clears the old one.
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
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The channel.
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
         * @description Marks a channel as archived. Unarchiving takes that back. What an archived channel still allows is not documented. No body is sent.
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
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The channel.
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
         * @description Takes the archiving of a channel back. No body is sent.
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
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        /**
         * List the datasources of a channel
         * @description The datasources that are connected to a channel. The answer has `limit`, `offset` and `has_next`, but no parameter to ask for a further page is documented or known, so this takes none.
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
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The datasource.
                 * @example 1442132811920
                 */
                datasource_id: components["parameters"]["DatasourceIdInPath"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Connect a datasource to a channel
         * @description From now on the datasource can deliver files to the channel. No body is sent. A connection that is in the way answers 409; the reference does not say which, so a repeated request may meet the connection that the first one made.
         */
        put: operations["putChannelDatasource"];
        post?: never;
        /**
         * Disconnect a datasource from a channel
         * @description Ends the connection: the datasource can no longer deliver files to the channel. No body is sent. Sent twice, the second answer can be 404 although the channel exists.
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
                 * @description The channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        /**
         * List the files of a channel
         * @description The files of a channel, a page at a time, each with a URL to download it. Send the `next_page_token` of one page to
         *     get the next, until it is `null` or absent. A page can be empty and still have a token.
         *
         *     The reference writes this path with a trailing slash; on the wire it has none, and a server should accept both.
         */
        get: operations["listChannelFiles"];
        put?: never;
        /**
         * Ask for a URL to upload a file to
         * @description Reserves a file id and answers a signed URL to which the file's bytes can be uploaded later. No body is sent, and
         *     yet a `Content-Type` header is required: it states the type of the file to come, the reference's `content_type`.
         *     Metadata are `x-abeja-meta-*` headers of this request.
         *
         *     What the upload to that URL must look like is not documented. Use `postChannelFileUpload` unless you know.
         *
         *     The reference writes this path with a trailing slash; on the wire it has none, and a server should accept both.
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
                 * @description The channel.
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
         * @description Sends a file's bytes as they are. The `Content-Type` header is required: it is the file's own type, the reference's
         *     `content_type`. Metadata are `x-abeja-meta-*` headers. Every upload makes a new file, so sending this twice can make
         *     two.
         *
         *     To skip what is already there, name a metadata key in `conflict_target`. The reference does not list the 409 that
         *     follows from it.
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
                 * @description The channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The file, by the id that the platform gave it. It is one path segment.
                 * @example 20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9
                 */
                file_id: components["parameters"]["ChannelFileIdInPath"];
            };
            cookie?: never;
        };
        /**
         * Get a file of a channel
         * @description What is known of a file, and a URL to download it. The bytes come from that URL, on another host: use it to the byte, without an `Authorization` header, and ask again here when it has expired.
         */
        get: operations["getChannelFileDownload"];
        put?: never;
        post?: never;
        /**
         * Delete a file of a channel
         * @description Deletes the file. No body is sent.
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
                 * @description The channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The file, by the id that the platform gave it. It is one path segment.
                 * @example 20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9
                 */
                file_id: components["parameters"]["ChannelFileIdInPath"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Change the metadata of a file
         * @description Puts the metadata given here on the file. Keys and values are percent-encoded in this JSON as they are in the headers of an upload. The reference does not say what becomes of keys that are left out: send every key that is to stay.
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
                 * @description The channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The file, by the id that the platform gave it. It is one path segment.
                 * @example 20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9
                 */
                file_id: components["parameters"]["ChannelFileIdInPath"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Change how long a file is kept
         * @description Sets the time after which the file is deleted. Whether it counts from now or from the upload is not documented.
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
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
            };
            cookie?: never;
        };
        /**
         * List buckets
         * @description The buckets of an organization, a page at a time. Raise `offset` by the items received until `has_next` is `false`.
         *     Unlike that of channels, this list has no filter for archived ones; whether archived buckets are listed is not
         *     documented.
         *
         *     The reference writes this path with a trailing slash; on the wire it has none, and a server should accept both.
         */
        get: operations["listBuckets"];
        put?: never;
        /**
         * Create a bucket
         * @description Creates a bucket, a folder tree of files, in an organization. Names need not be unique as far as is documented, so sending this twice can create two.
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
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
            };
            cookie?: never;
        };
        /**
         * Get a bucket
         * @description One bucket of an organization.
         */
        get: operations["getBucket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a bucket
         * @description Changes the name, the description or both. What is left out stays as it is; an empty description clears the old one.
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
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The bucket.
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
         * @description Marks a bucket as archived. Unarchiving takes that back. What an archived bucket still allows is not documented. No body is sent.
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
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The bucket.
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
         * @description Takes the archiving of a bucket back. No body is sent.
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
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
            };
            cookie?: never;
        };
        /**
         * List the files of a bucket
         * @description Lists the files in a folder of a bucket, a page at a time. Send the `last_file_id` of one page as `last_file_id` to get the next, or its `next_start_after` as `start_after` when it holds that instead, and repeat `target_dir`, `items_per_page` and `q`. The list has ended when a page has no files, or neither cursor.
         */
        get: operations["listBucketFiles"];
        put?: never;
        /**
         * Upload a file to a bucket
         * @description Stores a file at a location you choose. The request is a form of two parts, `file` and `parameters`, and metadata
         *     are `x-abeja-meta-*` headers of the request as a whole. The reference's `file_location` and `content_type` are the
         *     `filename` and the `Content-Type` of the part `file`; both are required.
         *
         *     A second upload to the same location probably replaces the first; as that is not documented, this is not sent again
         *     unless it surely did nothing.
         *
         *     The documented method `upload_bucket_files` has no operation of its own: it walks a folder on your machine and
         *     uploads each file with this one. The location is the path below that folder, with `/` between its parts, and is also
         *     the metadata `filename`. Files and folders whose names begin with a dot are left out.
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
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
                /**
                 * @description The file, by its location in the bucket, such as `aaa/bbb`. On the wire its slashes stay plain, and every other character that is not unreserved is percent-encoded, segment by segment: `.../files/aaa/my%20file.csv`. OpenAPI cannot say that, so tools that work from this description send `%2F` for a slash. Answers show ids with a leading slash (`/aaa/bbb`): take it off first. Whether the server accepts `//` or `%2F` was not observed.
                 * @example aaa/bbb
                 */
                file_id: components["parameters"]["BucketFileIdInPath"];
            };
            cookie?: never;
        };
        /**
         * Get a file of a bucket
         * @description What is known of a file, and a URL to download it. The bytes come from that URL, on another host: use it to the byte, without an `Authorization` header, and ask again here when it has expired.
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
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The deployment of the model that a trigger runs.
                 * @example 1111111111111
                 */
                deployment_id: components["parameters"]["DeploymentIdInPath"];
            };
            cookie?: never;
        };
        /**
         * List the triggers of a deployment
         * @description All triggers of a deployment, in one answer.
         *
         *     The reference writes this path with a trailing slash; on the wire it has none, and a server should accept both.
         */
        get: operations["getTriggers"];
        put?: never;
        /**
         * Create a trigger
         * @description From now on the model runs whenever a file arrives in the channel named by `input_service_id`. Sending this twice
         *     can create two triggers, and then every file is run twice.
         *
         *     The reference's `model_id` is `models` with the key `alias` on the wire. `environment` is optional by the reference,
         *     and the Python client always sends it.
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
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The deployment of the model that a trigger runs.
                 * @example 1111111111111
                 */
                deployment_id: components["parameters"]["DeploymentIdInPath"];
                /**
                 * @description The trigger.
                 * @example tri-3333333333333333
                 */
                trigger_id: components["parameters"]["TriggerIdInPath"];
            };
            cookie?: never;
        };
        /**
         * Get a trigger
         * @description One trigger of a deployment.
         */
        get: operations["getTrigger"];
        put?: never;
        post?: never;
        /**
         * Delete a trigger
         * @description Ends the connection: files that arrive from now on are not run. No body is sent.
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
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The deployment of the model that a trigger runs.
                 * @example 1111111111111
                 */
                deployment_id: components["parameters"]["DeploymentIdInPath"];
                /**
                 * @description The trigger.
                 * @example tri-3333333333333333
                 */
                trigger_id: components["parameters"]["TriggerIdInPath"];
            };
            cookie?: never;
        };
        /**
         * List the runs of a trigger
         * @description The runs that a trigger started, newest first, a page at a time. Send the `next_page_token` of one page to get the next, until it is `null` or absent. A page can be empty and still have a token.
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
        /**
         * @description The name of the organization.
         * @example abeja-inc
         */
        OrganizationName: string;
        /**
         * Format: date-time
         * @description When the organization was created.
         * @example 2017-09-12T10:11:46Z
         */
        OrganizationCreatedAt: string;
        /**
         * Format: date-time
         * @description When the organization was last changed.
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
             * @description The name you gave the channel. A channel can have none.
             * @example example-channel
             */
            name?: string;
            /**
             * @description The name to show to people. Absent when the channel has no name.
             * @example example-channel
             */
            display_name?: string;
            /**
             * @description What the channel is for.
             * @example this is sample channel
             */
            description: string;
            /**
             * @description How the channel stores its files: `datalake` or `file`. An open list in responses: `rdb`, which the reference does not name, has been seen.
             * @example datalake
             */
            storage_type: string;
            /**
             * @description Whether the channel is archived. The answers to creating and changing a channel leave it out.
             * @example false
             */
            archived?: boolean;
            /**
             * @description Who may use the channel. Only the answers to archiving and unarchiving show it, and only `organization` is known.
             * @example organization
             */
            security_method?: string;
            /**
             * Format: date-time
             * @description When the channel was created.
             * @example 2018-05-30T10:44:28Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the channel was last changed.
             * @example 2018-06-06T09:43:34Z
             */
            updated_at: string;
        };
        /**
         * @description The most items a page can hold.
         * @example 50
         */
        PageLimit: number;
        /**
         * @description How many items come before this page.
         * @example 0
         */
        PageOffset: number;
        /**
         * @description Whether more items follow this page.
         * @example true
         */
        HasNext: boolean;
        /** @description A page of an organization's channels. */
        ChannelList: {
            organization_id: components["schemas"]["OrganizationId"];
            organization_name: components["schemas"]["OrganizationName"];
            created_at: components["schemas"]["OrganizationCreatedAt"];
            updated_at: components["schemas"]["OrganizationUpdatedAt"];
            /** @description The channels of this page. */
            channels: components["schemas"]["Channel"][];
            limit: components["schemas"]["PageLimit"];
            offset: components["schemas"]["PageOffset"];
            has_next: components["schemas"]["HasNext"];
        };
        /** @description What went wrong. */
        ErrorResponse: {
            /**
             * @description The kind of the error, for programs.
             * @example not_found
             */
            error: string;
            /**
             * @description The error in words, for people.
             * @example channel not found
             */
            error_description: string;
            /**
             * @description More about the error, such as what is wrong with each field. Its properties are not documented.
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
             * @description What the channel is for. It can be empty.
             * @example sample channel description
             */
            description: string;
            storage_type: components["schemas"]["StorageType"];
        };
        /** @description A channel, within its organization. */
        ChannelEnvelope: {
            organization_id: components["schemas"]["OrganizationId"];
            organization_name: components["schemas"]["OrganizationName"];
            created_at: components["schemas"]["OrganizationCreatedAt"];
            updated_at: components["schemas"]["OrganizationUpdatedAt"];
            channel: components["schemas"]["Channel"];
        };
        /** @description What to change. Properties that are left out stay as they are. */
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
             * @description The name to show to people.
             * @example test_datasource
             */
            display_name: string;
            /**
             * @description The datasource's password. Treat it as one; keep it out of logs.
             * @example not-a-real-secret
             */
            secret: string;
            /**
             * Format: date-time
             * @description When the datasource was created.
             * @example 2018-05-15T10:33:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the datasource was last changed.
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
        /** @description A datasource, within its organization. */
        DatasourceEnvelope: {
            organization_id: components["schemas"]["OrganizationId"];
            organization_name: components["schemas"]["OrganizationName"];
            created_at: components["schemas"]["OrganizationCreatedAt"];
            updated_at: components["schemas"]["OrganizationUpdatedAt"];
            datasource: components["schemas"]["Datasource"];
        };
        /**
         * @description The id of the file, given by the platform.
         * @example 20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9
         */
        ChannelFileId: string;
        /**
         * @description The media type of the file, as it was given with the upload.
         * @example image/jpeg
         */
        ContentType: string;
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
         * @description When the file was uploaded.
         * @example 2018-05-10T11:02:08+00:00
         */
        UploadedAt: string;
        /**
         * Format: uri
         * @description Where to get the file's bytes: a signed URL on another host. Use it as it is, to the byte, and without an `Authorization` header. 403 from there means that it has expired. Optional because a response can hold the older `download_url` instead.
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
         * @description Until when the URL beside it can be used. Ask again for a fresh one.
         * @example 2018-05-15T18:54:37+00:00
         */
        UrlExpiresOn: string;
        /** @description A file in a channel, and where to download it. `download_uri` is not required, because a response can hold the older `download_url` instead. */
        ChannelFile: {
            file_id: components["schemas"]["ChannelFileId"];
            content_type: components["schemas"]["ContentType"];
            metadata: components["schemas"]["FileMetadata"];
            uploaded_at: components["schemas"]["UploadedAt"];
            download_uri?: components["schemas"]["DownloadUri"];
            download_url?: components["schemas"]["DownloadUrl"];
            url_expires_on: components["schemas"]["UrlExpiresOn"];
        };
        /**
         * @description Send it as `next_page_token` to get the next page. `null` or absent on the last page.
         * @example xxxxx
         */
        NextPageToken: string | null;
        /** @description A page of a channel's files. */
        ChannelFileList: {
            /** @description The files of this page. */
            files: components["schemas"]["ChannelFile"][];
            next_page_token?: components["schemas"]["NextPageToken"];
        };
        /** @description An id that is reserved for a file, and where to upload its bytes. */
        ChannelFileUploadTicket: {
            file_id: components["schemas"]["ChannelFileId"];
            content_type: components["schemas"]["ContentType"];
            metadata: components["schemas"]["FileMetadata"];
            /**
             * Format: date-time
             * @description When the file was uploaded. `null` here, as nothing has been uploaded yet.
             * @example null
             */
            uploaded_at: string | null;
            /**
             * Format: uri
             * @description Where to upload the file's bytes: a signed URL on another host. How the request that uses it has to look is not documented.
             * @example https://storage.example.com/sample.jpg?Expires=1526411165&Signature=EXAMPLE
             */
            upload_url: string;
            url_expires_on: components["schemas"]["UrlExpiresOn"];
        };
        /**
         * @description How long a file is kept: it is deleted when this time is over. `1year` is newer than the reference, which ends at six months.
         * @example 1week
         * @enum {string}
         */
        Lifetime: "1day" | "1week" | "1month" | "6months" | "1year";
        /** @description The file that an upload has made. */
        UploadedFile: {
            /**
             * Format: date-time
             * @description When the file was uploaded. The reference shows `null` in this answer.
             * @example null
             */
            uploaded_at: string | null;
            metadata: components["schemas"]["FileMetadata"];
            /**
             * @description How long the file is kept. `null` or absent when the upload named no lifetime. In this answer the words are open: expect more than those an upload can name, which are `1day`, `1week`, `1month`, `6months` and `1year`.
             * @example 1day
             */
            lifetime?: string | null;
            content_type: components["schemas"]["ContentType"];
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
             * @description The confirmation in words, for people.
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
        /** @description The new lifetime. */
        PutChannelFileLifetimeRequest: {
            lifetime: components["schemas"]["Lifetime"];
        };
        /** @description How long a file in a channel is kept. */
        ChannelFileLifetime: {
            channel_id: components["schemas"]["ChannelId"];
            file_id: components["schemas"]["ChannelFileId"];
            /**
             * @description How long the file is kept. In this answer the words are open: expect more than those a request can name, which are `1day`, `1week`, `1month`, `6months` and `1year`.
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
             * @description The name you gave the bucket. A bucket can have none.
             * @example example-bucket
             */
            name?: string;
            /**
             * @description The name to show to people. Absent when the bucket has no name.
             * @example example-bucket
             */
            display_name?: string;
            /**
             * @description What the bucket is for. Absent when none was given.
             * @example this is sample bucket
             */
            description?: string;
            /**
             * @description Whether the bucket is archived. Only the answers to archiving and unarchiving show it.
             * @example false
             */
            archived?: boolean;
            /**
             * @description Who may use the bucket. Only the answers to archiving and unarchiving show it, and only `organization` is known.
             * @example organization
             */
            security_method?: string;
            /**
             * Format: date-time
             * @description When the bucket was created.
             * @example 2018-05-30T10:44:28Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the bucket was last changed.
             * @example 2018-06-06T09:43:34Z
             */
            updated_at: string;
        };
        /** @description A page of an organization's buckets. */
        BucketList: {
            organization_id: components["schemas"]["OrganizationId"];
            organization_name: components["schemas"]["OrganizationName"];
            created_at: components["schemas"]["OrganizationCreatedAt"];
            updated_at: components["schemas"]["OrganizationUpdatedAt"];
            /** @description The buckets of this page. */
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
             * @description What the bucket is for. It can be empty.
             * @example sample bucket description
             */
            description: string;
        };
        /** @description A bucket, within its organization. */
        BucketEnvelope: {
            organization_id: components["schemas"]["OrganizationId"];
            organization_name: components["schemas"]["OrganizationName"];
            created_at: components["schemas"]["OrganizationCreatedAt"];
            updated_at: components["schemas"]["OrganizationUpdatedAt"];
            bucket: components["schemas"]["Bucket"];
        };
        /** @description What to change. Properties that are left out stay as they are. */
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
         * @description Whether this is a file. Anything else is a folder.
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
         * @description A mark that changes with the content.
         * @example xxx
         */
        FileEtag: string;
        /**
         * Format: date-time
         * @description When the content was last changed.
         * @example 2018-05-10T11:02:08+00:00
         */
        LastModified: string;
        /**
         * Format: date-time
         * @description A time seen in public responses and absent from the reference: presumably when the file is deleted, because of its lifetime, or when its download URL expires.
         * @example 2030-01-01T00:00:00+00:00
         */
        FileExpires: string;
        /** @description What stands in a folder of a bucket: a file with everything that is known of it, or a folder. The reference shows files only. `is_file` tells of other entries, so nothing but the two required properties is certain of those. */
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
        /** @description A page of a bucket's folder. */
        BucketFileList: {
            /** @description The files and folders of this page. Empty on the page after the last one. */
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
        /** @description The two parts of an upload, in this order. */
        UploadBucketFileRequest: {
            /**
             * Format: binary
             * @description The bytes. The part's `filename` is the whole location to store the file at, such as `target/sample.jpg` (the reference's `file_location`). A location has no leading, trailing or double slash and no `.` or `..` segment. The part's `Content-Type`, which is required, is the file's own (the reference's `content_type`).
             */
            file: BinaryBody;
            /**
             * @description A JSON object: `{}`, or `{"lifetime":"1day"}` to have the file deleted after that time. A lifetime is one of `1day`, `1week`, `1month`, `6months` and `1year`. The part's `filename` is `params.json`, and its `Content-Type` is `application/json`.
             * @example {"lifetime":"1day"}
             */
            parameters: string;
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
         * @description The training models that the code can use, each id under its alias. No documented answer is without one, although a trigger can be: be ready for an empty object, `null`, or no property at all.
         * @example {
         *       "alias": "3333333333333"
         *     }
         */
        ModelsByAlias: {
            [key: string]: string;
        } | null;
        /**
         * @description Environment variables for the code that runs. All values are strings. The reference shows an empty object for a run that has none, and nothing for such a trigger: be ready for an empty object, `null`, or no property at all.
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
             * @description The kind of the service that files come from. An open list in responses: expect values other than `datalake`, such as `datamart-rdb`.
             * @example datalake
             */
            input_service_name: string;
            /**
             * @description The service that files come from. For `datalake` this is a channel's id.
             * @example 2222222222222
             */
            input_service_id: string;
            /**
             * @description The kind of the service that results go to. `null` or absent when there is none.
             * @example datalake
             */
            output_service_name?: string | null;
            /**
             * @description The service that results go to. `null` or absent when there is none.
             * @example 2222222222222
             */
            output_service_id?: string | null;
            /**
             * @description How often a run is attempted.
             * @example 7
             */
            retry_count: number;
            /**
             * @description The id whose remainder decides on the queue. The reference shows it in the response to creating a trigger only; it has been seen when getting one too.
             * @example 0
             */
            distribution?: number;
            user_env_vars?: components["schemas"]["EnvironmentVariables"];
            /**
             * Format: date-time
             * @description When the trigger was created. The answer to creating one leaves it out.
             * @example 2018-01-01T00:00:00.000000Z
             */
            created_at?: string;
            /**
             * Format: date-time
             * @description When the trigger was last changed. The answer to creating one leaves it out.
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
         * @description The kind of the service that files come from. By the reference only `datalake` is available for now; public programs of the platform also send `datamart-rdb`.
         * @example datalake
         * @enum {string}
         */
        InputServiceName: "datalake" | "datamart-rdb";
        /** @description The trigger to create. */
        CreateTriggerRequest: {
            version_id: components["schemas"]["ModelVersionId"];
            input_service_name: components["schemas"]["InputServiceName"];
            /**
             * @description The service that files come from. For `datalake` this is a channel's id.
             * @example 2222222222222
             */
            input_service_id: string;
            /**
             * @description The kind of the service that results go to.
             * @example datalake
             */
            output_service_name?: string;
            /**
             * @description The service that results go to. Required if `output_service_name` is given.
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
             * @description The id whose remainder decides on the queue. Left out, the queues take turns (round robin).
             * @example 0
             */
            distribution?: number;
            /**
             * @description How often a run is attempted, from 0 to 9. Left out, 5 times.
             * @default 5
             * @example 5
             */
            retry_count?: number;
            /**
             * @description Environment variables for the code that runs. The reference calls it optional; on the wire it is always present, and `null` when there are none. To be safe, send it too.
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
             * @description The confirmation in words, for people.
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
             * @description How the run stands. The reference shows `SUCCEEDED` and lists no others, so be ready for words you do not know.
             * @example SUCCEEDED
             */
            status: string;
            /**
             * @description What the run was given, such as `<channel id>/<file id>` under a name that begins with `$datalake`.
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
             * @description How the result is to be stored. The reference only shows `null`; its form is not documented.
             * @example null
             */
            output_template: {
                [key: string]: unknown;
            } | null;
            /**
             * @description How often the run is attempted.
             * @example 5
             */
            retry_count: number;
            user_env_vars?: components["schemas"]["EnvironmentVariables"];
            /**
             * Format: date-time
             * @description When the run was created.
             * @example 2019-01-01T00:00:00.000000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the run was last changed.
             * @example 2019-01-01T00:00:00.000000Z
             */
            modified_at: string;
        };
        /** @description A page of a trigger's runs. */
        TriggerRunList: {
            /** @description The runs of this page. */
            entries: components["schemas"]["TriggerRun"][];
            next_page_token?: components["schemas"]["NextPageToken"];
        };
    };
    responses: {
        /** @description Authentication failed. The credential is missing, unknown or expired. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The credential is good, but may not do this. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The reference words it "channel not found", although the request names no channel. What is meant is not documented. */
        ChannelListNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The server failed. Whether it acted before it failed is unknown. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The request was refused because something in it is missing or invalid. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description There is no such channel. */
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
        /** @description There is no such datasource, or no such channel. */
        DatasourceNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The datasource cannot be connected because of a connection that exists. */
        DatasourceConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The channel already holds a file with the same value of the metadata key named by `conflict_target`. */
        ChannelFileConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description There is no such file in the channel, or no such channel. */
        ChannelFileNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The reference words it "bucket not found", although the request names no bucket. What is meant is not documented. */
        BucketListNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description There is no such bucket. */
        BucketNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description There is no such file in the bucket, or no such bucket. */
        BucketFileNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description There is no such deployment. */
        DeploymentNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description There is no such trigger, or no such deployment. */
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
         * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
         * @example 1234567890123
         */
        OrganizationIdInPath: components["schemas"]["OrganizationId"];
        /**
         * @description The maximum number of items in the answer. The documented answers show 50. No upper bound is documented.
         * @example 50
         */
        Limit: number;
        /**
         * @description How many items to pass over, counted from 0.
         * @example 0
         */
        Offset: number;
        /**
         * @description The channel.
         * @example 1230000000000
         */
        ChannelIdInPath: components["schemas"]["ChannelId"];
        /**
         * @description The datasource.
         * @example 1442132811920
         */
        DatasourceIdInPath: components["schemas"]["DatasourceId"];
        /**
         * @description The maximum number of files on one page. Neither a default nor an upper bound is documented.
         * @example 100
         */
        ItemsPerPage: number;
        /**
         * @description The file's name, percent-encoded. One of any number of `x-abeja-meta-<key>` headers that make up the file's metadata: keys and values are the percent-encoding of their UTF-8. A slash stays plain in a value and is `%2F` in a key.
         * @example sample.jpg
         */
        MetaFilename: string;
        /**
         * @description The file, by the id that the platform gave it. It is one path segment.
         * @example 20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9
         */
        ChannelFileIdInPath: components["schemas"]["ChannelFileId"];
        /**
         * @description The bucket.
         * @example 1230000000000
         */
        BucketIdInPath: components["schemas"]["BucketId"];
        /**
         * @description The file, by its location in the bucket, such as `aaa/bbb`. On the wire its slashes stay plain, and every other character that is not unreserved is percent-encoded, segment by segment: `.../files/aaa/my%20file.csv`. OpenAPI cannot say that, so tools that work from this description send `%2F` for a slash. Answers show ids with a leading slash (`/aaa/bbb`): take it off first. Whether the server accepts `//` or `%2F` was not observed.
         * @example aaa/bbb
         */
        BucketFileIdInPath: components["schemas"]["BucketFileId"];
        /**
         * @description The deployment of the model that a trigger runs.
         * @example 1111111111111
         */
        DeploymentIdInPath: components["schemas"]["DeploymentId"];
        /**
         * @description The trigger.
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
                 * @description The maximum number of items in the answer. The documented answers show 50. No upper bound is documented.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description How many items to pass over, counted from 0.
                 * @example 0
                 */
                offset?: components["parameters"]["Offset"];
                /**
                 * @description Whether archived channels are listed too. The reference describes a boolean that includes them when it is true; on the wire it is a word, and the Python client sends `exclude_archived` for true. What the server does when it is left out is not certain (the reference says that it excludes them), so send the word you mean.
                 * @example exclude_archived
                 */
                filter_archived?: "exclude_archived" | "include_archived";
            };
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
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
        };
    };
    createChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
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
            /** @description The channel that was created. */
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
        };
    };
    getChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The channel.
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
        };
    };
    patchChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        /** @description What to change. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchChannelRequest"];
            };
        };
        responses: {
            /** @description The channel as it is now. */
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
        };
    };
    archiveChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The channel as it is now. */
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
        };
    };
    unarchiveChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The channel as it is now. */
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
        };
    };
    listChannelDatasources: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The channel.
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
        };
    };
    putChannelDatasource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The datasource.
                 * @example 1442132811920
                 */
                datasource_id: components["parameters"]["DatasourceIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The datasource that was connected. */
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
        };
    };
    deleteChannelDatasource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The datasource.
                 * @example 1442132811920
                 */
                datasource_id: components["parameters"]["DatasourceIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The datasource that was disconnected. */
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
        };
    };
    listChannelFiles: {
        parameters: {
            query?: {
                /** @description Only files uploaded from this date or time on. The reference does not fix a format. */
                start?: string;
                /**
                 * @description Only files uploaded up to this date or time. The reference does not fix a format.
                 * @example 2018-05-31
                 */
                end?: string;
                /**
                 * @description The time zone of `start` and `end`. It means something only beside one of them.
                 * @example Asia/Tokyo
                 */
                timezone?: string;
                /**
                 * @description The maximum number of files on one page. Neither a default nor an upper bound is documented.
                 * @example 100
                 */
                items_per_page?: components["parameters"]["ItemsPerPage"];
                /**
                 * @description The properties to sort by, separated by commas. A hyphen in front reverses the order. Left out, the files are sorted by `uploaded_at`, oldest first.
                 * @example [
                 *       "-uploaded_at"
                 *     ]
                 */
                sort?: string[];
                /**
                 * @description The `next_page_token` of the page before. Send it alone, without any other parameter.
                 * @example xxxxx
                 */
                next_page_token?: string;
                /**
                 * @description What to search for, such as `x-abeja-meta-filename:sample.jpg` for the files whose file name contains that value. The reference calls it `query`; on the wire it is `q`.
                 * @example x-abeja-meta-filename:filename
                 */
                q?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The channel.
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
        };
    };
    getChannelFileUpload: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The file's name, percent-encoded. One of any number of `x-abeja-meta-<key>` headers that make up the file's metadata: keys and values are the percent-encoding of their UTF-8. A slash stays plain in a value and is `%2F` in a key.
                 * @example sample.jpg
                 */
                "x-abeja-meta-filename"?: components["parameters"]["MetaFilename"];
            };
            path: {
                /**
                 * @description The channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        /** @description No body. The `Content-Type` header says what type the file will have. */
        requestBody?: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Where to upload the file. */
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
        };
    };
    postChannelFileUpload: {
        parameters: {
            query?: {
                /**
                 * @description How long to keep the file. Left out, it is kept.
                 * @example 1day
                 */
                lifetime?: components["schemas"]["Lifetime"];
                /**
                 * @description Refuse the file with 409 when the channel already holds one with the same value of this metadata key. The key is written without its prefix: `filename` for `x-abeja-meta-filename`.
                 * @example filename
                 */
                conflict_target?: string;
            };
            header?: {
                /**
                 * @description The file's name, percent-encoded. One of any number of `x-abeja-meta-<key>` headers that make up the file's metadata: keys and values are the percent-encoding of their UTF-8. A slash stays plain in a value and is `%2F` in a key.
                 * @example sample.jpg
                 */
                "x-abeja-meta-filename"?: components["parameters"]["MetaFilename"];
            };
            path: {
                /**
                 * @description The channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
            };
            cookie?: never;
        };
        /** @description The bytes of the file. The `Content-Type` header says what type they are. */
        requestBody: {
            content: {
                "*/*": BinaryBody;
            };
        };
        responses: {
            /** @description The file that was uploaded. */
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
        };
    };
    getChannelFileDownload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The file, by the id that the platform gave it. It is one path segment.
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
        };
    };
    deleteChannelFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The file, by the id that the platform gave it. It is one path segment.
                 * @example 20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9
                 */
                file_id: components["parameters"]["ChannelFileIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file was deleted. */
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
        };
    };
    putChannelFileMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The file, by the id that the platform gave it. It is one path segment.
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
            /** @description The file with its metadata as they are now. */
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
        };
    };
    putChannelFileLifetime: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The channel.
                 * @example 1230000000000
                 */
                channel_id: components["parameters"]["ChannelIdInPath"];
                /**
                 * @description The file, by the id that the platform gave it. It is one path segment.
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
            /** @description The lifetime as it is now. */
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
        };
    };
    listBuckets: {
        parameters: {
            query?: {
                /**
                 * @description The maximum number of items in the answer. The documented answers show 50. No upper bound is documented.
                 * @example 50
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description How many items to pass over, counted from 0.
                 * @example 0
                 */
                offset?: components["parameters"]["Offset"];
            };
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
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
        };
    };
    createBucket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
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
            /** @description The bucket that was created. */
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
        };
    };
    getBucket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The bucket.
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
        };
    };
    patchBucket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
            };
            cookie?: never;
        };
        /** @description What to change. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchBucketRequest"];
            };
        };
        responses: {
            /** @description The bucket as it is now. */
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
        };
    };
    archiveBucket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bucket as it is now. */
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
        };
    };
    unarchiveBucket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bucket as it is now. */
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
        };
    };
    listBucketFiles: {
        parameters: {
            query?: {
                /**
                 * @description The folder to list. Left out, the root of the bucket.
                 * @example /
                 */
                target_dir?: string;
                /**
                 * @description The maximum number of files on one page. Neither a default nor an upper bound is documented.
                 * @example 100
                 */
                items_per_page?: components["parameters"]["ItemsPerPage"];
                /**
                 * @description The `last_file_id` of the page before. Repeat `target_dir`, `items_per_page` and `q` with it.
                 * @example /aaa/bbb/ccc
                 */
                last_file_id?: string;
                /**
                 * @description The `next_start_after` of the page before. The reference does not have it; the platform's own command line pages with it. Send it only when the page before had `next_start_after` and no `last_file_id`.
                 * @example /aaa/bbb/ccc
                 */
                start_after?: string;
                /**
                 * @description A JMESPath expression that picks files. The reference calls it `query`; on the wire it is `q`.
                 * @example contains(file_id, 'ddd')
                 */
                q?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The bucket.
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
        };
    };
    uploadBucketFile: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The file's name, percent-encoded. One of any number of `x-abeja-meta-<key>` headers that make up the file's metadata: keys and values are the percent-encoding of their UTF-8. A slash stays plain in a value and is `%2F` in a key.
                 * @example sample.jpg
                 */
                "x-abeja-meta-filename"?: components["parameters"]["MetaFilename"];
            };
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
            };
            cookie?: never;
        };
        /** @description The file and its parameters. */
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["UploadBucketFileRequest"];
            };
        };
        responses: {
            /** @description The file that was uploaded. */
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
        };
    };
    getBucketFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The bucket.
                 * @example 1230000000000
                 */
                bucket_id: components["parameters"]["BucketIdInPath"];
                /**
                 * @description The file, by its location in the bucket, such as `aaa/bbb`. On the wire its slashes stay plain, and every other character that is not unreserved is percent-encoded, segment by segment: `.../files/aaa/my%20file.csv`. OpenAPI cannot say that, so tools that work from this description send `%2F` for a slash. Answers show ids with a leading slash (`/aaa/bbb`): take it off first. Whether the server accepts `//` or `%2F` was not observed.
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
        };
    };
    getTriggers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The deployment of the model that a trigger runs.
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
        };
    };
    createTrigger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The deployment of the model that a trigger runs.
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
            /** @description The trigger that was created. */
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
        };
    };
    getTrigger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The deployment of the model that a trigger runs.
                 * @example 1111111111111
                 */
                deployment_id: components["parameters"]["DeploymentIdInPath"];
                /**
                 * @description The trigger.
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
        };
    };
    deleteTrigger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The deployment of the model that a trigger runs.
                 * @example 1111111111111
                 */
                deployment_id: components["parameters"]["DeploymentIdInPath"];
                /**
                 * @description The trigger.
                 * @example tri-3333333333333333
                 */
                trigger_id: components["parameters"]["TriggerIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The trigger was deleted. */
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
        };
    };
    getTriggerRuns: {
        parameters: {
            query?: {
                /**
                 * @description The `next_page_token` of the page before. Send it alone, without any other parameter.
                 * @example xxxxx
                 */
                next_page_token?: string;
                /**
                 * @description `true` lists the oldest runs first. The Python client writes it `True`; the plain `true` of JSON is meant.
                 * @example true
                 */
                scan_forward?: boolean;
            };
            header?: never;
            path: {
                /**
                 * @description The organization that owns the resource, by its id. The platform's own command line sends its name instead.
                 * @example 1234567890123
                 */
                organization_id: components["parameters"]["OrganizationIdInPath"];
                /**
                 * @description The deployment of the model that a trigger runs.
                 * @example 1111111111111
                 */
                deployment_id: components["parameters"]["DeploymentIdInPath"];
                /**
                 * @description The trigger.
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
        };
    };
}
