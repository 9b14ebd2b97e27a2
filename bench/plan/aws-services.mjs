// Resource types of the aws provider (5.x): identities, stores, compute and what watches them, and the data sources they
// read. How to read an entry: see aws.mjs.

import { containerDefinitions, listOf, policy, sentence, settings } from "./text.mjs";

const trust = (service) =>
  `{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":"${service}.amazonaws.com"}}],"Version":"2012-10-17"}`;
const arnOf = (service, path) => (n) => `arn:aws:${service}:${n.region}:${n.account}:${path(n)}`;
const short = (n) => n.hex.slice(0, 8);

// biome-ignore format: a table; one property a line would make it five times as long.
export const services = {
  aws_kms_key: {
    layer: 0, share: 2, schema: 0, tagged: true, text: 3,
    attributes: { id: (n) => `${short(n)}-4f5e-4c1b-9d27-${n.hex.slice(5)}`, arn: (n) => `arn:aws:kms:${n.region}:${n.account}:key/${short(n)}-4f5e-4c1b-9d27-${n.hex.slice(5)}` },
    computed: ['arn', 'id', 'key_id', 'rotation_period_in_days'], forces: 'customer_master_key_spec',
    expressions: { description: { references: ['local.name'] }, enable_key_rotation: { constant_value: true }, policy: {} },
    values: (x) => ({
      arn: x.arn, bypass_policy_lockout_safety_check: false, custom_key_store_id: '', customer_master_key_spec: 'SYMMETRIC_DEFAULT', deletion_window_in_days: 30,
      description: sentence(x.random), enable_key_rotation: true, id: x.id, is_enabled: true, key_id: x.id, key_usage: 'ENCRYPT_DECRYPT', multi_region: false,
      policy: policy(x.random, x.bytes, 'principal:logs.amazonaws.com'), rotation_period_in_days: 365, tags: x.tags, tags_all: x.tags, timeouts: null, xks_key_id: '',
    }),
  },
  aws_s3_bucket: {
    layer: 0, share: 3, schema: 0, tagged: true, text: 2,
    attributes: { id: (n) => `${n.name}-${short(n)}`, arn: (n) => `arn:aws:s3:::${n.name}-${short(n)}` },
    computed: ['arn', 'bucket_domain_name', 'bucket_regional_domain_name', 'hosted_zone_id', 'id', 'region'], forces: 'bucket',
    expressions: { bucket: { references: ['local.name', 'var.environment'] }, force_destroy: { constant_value: false } },
    values: (x) => ({
      acceleration_status: '', acl: null, arn: x.arn, bucket: x.id, bucket_domain_name: `${x.id}.s3.amazonaws.com`, bucket_prefix: '', bucket_regional_domain_name: `${x.id}.s3.${x.region}.amazonaws.com`,
      cors_rule: [], force_destroy: false, grant: [{ id: 'f0b6dc2c044b76b27e987a7431a52c13caeeb98cf2c5ba50c5758d45a547b404', permissions: ['FULL_CONTROL'], type: 'CanonicalUser', uri: '' }],
      hosted_zone_id: 'Z1BKCTXD74EZPE', id: x.id,
      lifecycle_rule: listOf(x.bytes * 0.6, () => ({ abort_incomplete_multipart_upload_days: 7, enabled: true, expiration: [{ date: '', days: x.random.between(30, 700), expired_object_delete_marker: false }], id: sentence(x.random, 3), noncurrent_version_expiration: [], noncurrent_version_transition: [], prefix: `${x.random.hex(5)}/`, tags: {}, transition: [{ date: '', days: 30, storage_class: 'STANDARD_IA' }] })),
      logging: [{ target_bucket: `${x.account}-access-logs`, target_prefix: `${x.name}/` }], object_lock_configuration: [], object_lock_enabled: false, policy: policy(x.random, x.bytes * 0.4, x.arn),
      region: x.region, replication_configuration: [], request_payer: 'BucketOwner',
      server_side_encryption_configuration: [{ rule: [{ apply_server_side_encryption_by_default: [{ kms_master_key_id: '', sse_algorithm: 'AES256' }], bucket_key_enabled: false }] }],
      tags: x.tags, tags_all: x.tags, timeouts: null, versioning: [{ enabled: true, mfa_delete: false }], website: [], website_domain: null, website_endpoint: null,
    }),
  },
  aws_cloudwatch_log_group: {
    layer: 0, share: 8, schema: 0, tagged: true, text: 1,
    attributes: { id: (n) => `/acme/${n.name}`, name: (n) => `/acme/${n.name}`, arn: (n) => `arn:aws:logs:${n.region}:${n.account}:log-group:/acme/${n.name}` },
    computed: ['arn', 'id'], forces: 'name', expressions: { name: { references: ['local.name'] }, retention_in_days: { references: ['var.retention_in_days'] } },
    values: (x) => ({ arn: x.arn, id: x.id, kms_key_id: '', log_group_class: 'STANDARD', name: x.id, name_prefix: '', retention_in_days: 90, skip_destroy: false, tags: x.tags, tags_all: x.tags }),
  },
  aws_sqs_queue: {
    layer: 0, share: 3, schema: 0, tagged: true, text: 3,
    attributes: { id: (n) => `https://sqs.${n.region}.amazonaws.com/${n.account}/${n.name}`, arn: arnOf('sqs', (n) => n.name) },
    computed: ['arn', 'id', 'url'], forces: 'name', expressions: { message_retention_seconds: { constant_value: 1209600 }, name: { references: ['local.name'] }, policy: {} },
    values: (x) => ({
      arn: x.arn, content_based_deduplication: false, deduplication_scope: '', delay_seconds: 0, fifo_queue: false, fifo_throughput_limit: '', id: x.id, kms_data_key_reuse_period_seconds: 300,
      kms_master_key_id: '', max_message_size: 262144, message_retention_seconds: 1209600, name: x.name, name_prefix: '', policy: policy(x.random, x.bytes, x.arn), receive_wait_time_seconds: 20,
      redrive_allow_policy: '', redrive_policy: '', sqs_managed_sse_enabled: true, tags: x.tags, tags_all: x.tags, url: x.id, visibility_timeout_seconds: 60,
    }),
  },
  aws_ecr_repository: {
    layer: 0, share: 3, schema: 0, tagged: true, text: 1,
    attributes: { id: (n) => n.name, arn: arnOf('ecr', (n) => `repository/${n.name}`), repository_url: (n) => `${n.account}.dkr.ecr.${n.region}.amazonaws.com/${n.name}` },
    computed: ['arn', 'id', 'registry_id', 'repository_url'], forces: 'name', expressions: { image_tag_mutability: { constant_value: 'IMMUTABLE' }, name: { references: ['local.name'] } },
    values: (x) => ({
      arn: x.arn, encryption_configuration: [{ encryption_type: 'AES256', kms_key: '' }], force_delete: null, id: x.id, image_scanning_configuration: [{ scan_on_push: true }], image_tag_mutability: 'IMMUTABLE',
      name: x.id, registry_id: x.account, repository_url: x.attribute('repository_url'), tags: x.tags, tags_all: x.tags, timeouts: null,
    }),
  },
  aws_route53_zone: {
    layer: 0, share: 1, schema: 0, tagged: true, text: 1,
    attributes: { id: (n) => `Z${n.hex.toUpperCase()}`, arn: (n) => `arn:aws:route53:::hostedzone/Z${n.hex.toUpperCase()}` },
    computed: ['arn', 'id', 'name_servers', 'primary_name_server', 'zone_id'], forces: 'name', expressions: { name: { references: ['var.domain'] } },
    values: (x) => ({
      arn: x.arn, comment: 'Managed by Terraform', delegation_set_id: '', force_destroy: false, id: x.id, name: `${x.name}.example.com`,
      name_servers: [`ns-${x.draw % 2000}.awsdns-11.org`, `ns-${x.draw % 1000}.awsdns-44.com`], primary_name_server: `ns-${x.draw % 1000}.awsdns-44.com`, tags: x.tags, tags_all: x.tags, timeouts: null, vpc: [], zone_id: x.id,
    }),
  },
  aws_iam_role: {
    layer: 1, share: 6, schema: 0, tagged: true, text: 4, slots: [['assume_role_policy', 'data.aws_iam_policy_document', 'json']],
    attributes: { id: (n) => n.name, name: (n) => n.name, arn: (n) => `arn:aws:iam::${n.account}:role/${n.name}` },
    computed: ['arn', 'create_date', 'id', 'unique_id'], forces: 'name', expressions: { name: { references: ['local.name'] } },
    values: (x) => ({
      arn: x.arn, assume_role_policy: x.ref('assume_role_policy'), create_date: '2024-03-05T09:14:22Z', description: sentence(x.random), force_detach_policies: false, id: x.id,
      inline_policy: [{ name: 'inline', policy: policy(x.random, x.bytes, `arn:aws:s3:::${x.name}`) }], managed_policy_arns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
      max_session_duration: 3600, name: x.name, name_prefix: '', path: '/', permissions_boundary: '', tags: x.tags, tags_all: x.tags, unique_id: `AROA${x.hex.toUpperCase()}`,
    }),
  },
  aws_iam_policy: {
    layer: 1, share: 5, schema: 0, tagged: true, text: 5, slots: [['policy', 'data.aws_iam_policy_document', 'json']],
    attributes: { id: (n) => `arn:aws:iam::${n.account}:policy/${n.name}`, arn: (n) => `arn:aws:iam::${n.account}:policy/${n.name}` },
    computed: ['arn', 'attachment_count', 'id', 'policy_id'], forces: 'name', expressions: { name: { references: ['local.name'] }, path: { constant_value: '/' } },
    values: (x) => ({
      arn: x.arn, attachment_count: 1, description: sentence(x.random), id: x.id, name: x.name, name_prefix: '', path: '/',
      policy: x.bytes > 0 ? policy(x.random, x.bytes, `arn:aws:s3:::${x.name}`) : x.ref('policy'), policy_id: `ANPA${x.hex.toUpperCase()}`, tags: x.tags, tags_all: x.tags,
    }),
  },
  aws_s3_bucket_policy: {
    layer: 1, share: 2, schema: 0, tagged: false, text: 4, slots: [['bucket', 'aws_s3_bucket', 'id', 'forces']],
    attributes: { id: (n) => `${n.name}-${short(n)}` }, computed: ['id'], forces: 'bucket', expressions: { policy: {} },
    values: (x) => ({ bucket: x.ref('bucket'), id: x.ref('bucket'), policy: policy(x.random, x.bytes, `arn:aws:s3:::${x.name}`) }),
  },
  aws_s3_bucket_public_access_block: {
    layer: 1, share: 6, schema: 0, tagged: false, text: 0, slots: [['bucket', 'aws_s3_bucket', 'id', 'forces']],
    attributes: { id: (n) => `${n.name}-${short(n)}` }, computed: ['id'], forces: 'bucket', expressions: { block_public_acls: { constant_value: true }, block_public_policy: { constant_value: true } },
    values: (x) => ({ block_public_acls: true, block_public_policy: true, bucket: x.ref('bucket'), id: x.ref('bucket'), ignore_public_acls: true, restrict_public_buckets: true }),
  },
  aws_s3_bucket_versioning: {
    layer: 1, share: 6, schema: 0, tagged: false, text: 0, slots: [['bucket', 'aws_s3_bucket', 'id', 'forces']],
    attributes: { id: (n) => `${n.name}-${short(n)}` }, computed: ['id'], forces: 'bucket', expressions: { versioning_configuration: [{ status: { constant_value: 'Enabled' } }] },
    values: (x) => ({ bucket: x.ref('bucket'), expected_bucket_owner: '', id: x.ref('bucket'), mfa: null, versioning_configuration: [{ mfa_delete: '', status: 'Enabled' }] }),
  },
  aws_dynamodb_table: {
    layer: 1, share: 3, schema: 1, tagged: true, text: 2, slots: [['server_side_encryption.kms_key_arn', 'aws_kms_key', 'arn']],
    attributes: { id: (n) => n.name, name: (n) => n.name, arn: arnOf('dynamodb', (n) => `table/${n.name}`) },
    computed: ['arn', 'id', 'stream_arn', 'stream_label'], forces: 'hash_key', expressions: { billing_mode: { constant_value: 'PAY_PER_REQUEST' }, hash_key: { constant_value: 'pk' }, name: { references: ['local.name'] } },
    values: (x) => ({
      arn: x.arn, attribute: [{ name: 'gsi', type: 'S' }, { name: 'pk', type: 'S' }, { name: 'sk', type: 'S' }], billing_mode: 'PAY_PER_REQUEST', deletion_protection_enabled: x.draw % 3 === 0,
      global_secondary_index: listOf(x.bytes, (n) => ({ hash_key: 'gsi', name: `gsi${n}-${x.random.hex(6)}`, non_key_attributes: [x.random.hex(6), x.random.hex(8)], on_demand_throughput: [], projection_type: 'INCLUDE', range_key: 'sk', read_capacity: 0, write_capacity: 0 })),
      hash_key: 'pk', id: x.id, import_table: [], local_secondary_index: [], name: x.name, on_demand_throughput: [], point_in_time_recovery: [{ enabled: true }], range_key: 'sk', read_capacity: 0, replica: [],
      restore_date_time: null, restore_source_name: null, restore_source_table_arn: null, restore_to_latest_time: null,
      server_side_encryption: [{ enabled: true, kms_key_arn: x.ref('server_side_encryption.kms_key_arn') }], stream_arn: '', stream_enabled: false, stream_label: '', stream_view_type: '', table_class: 'STANDARD',
      tags: x.tags, tags_all: x.tags, timeouts: null, ttl: [{ attribute_name: 'expires', enabled: true }], write_capacity: 0,
    }),
  },
  aws_ecs_cluster: {
    layer: 1, share: 2, schema: 0, tagged: true, text: 1, slots: [['configuration.kms_key_id', 'aws_kms_key', 'arn']],
    attributes: { id: arnOf('ecs', (n) => `cluster/${n.name}`), arn: arnOf('ecs', (n) => `cluster/${n.name}`) },
    computed: ['arn', 'id'], forces: 'name', expressions: { name: { references: ['local.name'] }, setting: [{ name: { constant_value: 'containerInsights' }, value: { constant_value: 'enabled' } }] },
    values: (x) => ({
      arn: x.arn, configuration: [{ execute_command_configuration: [{ kms_key_id: x.ref('configuration.kms_key_id'), log_configuration: [], logging: 'DEFAULT' }], managed_storage_configuration: [] }],
      id: x.id, name: x.name, service_connect_defaults: [], setting: [{ name: 'containerInsights', value: 'enabled' }], tags: x.tags, tags_all: x.tags,
    }),
  },
  aws_db_subnet_group: {
    layer: 2, share: 1, schema: 0, tagged: true, text: 1, slots: [['subnet_ids', 'aws_subnet', 'id', 'many']],
    attributes: { id: (n) => n.name, name: (n) => n.name, arn: arnOf('rds', (n) => `subgrp:${n.name}`) }, computed: ['arn', 'id', 'supported_network_types', 'vpc_id'], forces: 'name',
    expressions: { name: { references: ['local.name'] } },
    values: (x) => ({ arn: x.arn, description: 'Managed by Terraform', id: x.id, name: x.name, name_prefix: '', subnet_ids: x.ref('subnet_ids'), supported_network_types: ['IPV4'], tags: x.tags, tags_all: x.tags, vpc_id: `vpc-${x.hex}` }),
  },
  aws_iam_role_policy_attachment: {
    layer: 2, share: 14, schema: 0, tagged: false, text: 0, slots: [['role', 'aws_iam_role', 'name', 'forces'], ['policy_arn', 'aws_iam_policy', 'arn', 'forces']],
    attributes: { id: (n) => `${n.name}-20240305091422${n.hex.slice(0, 10)}` }, computed: ['id'], forces: 'policy_arn', expressions: {},
    values: (x) => ({ id: x.id, policy_arn: x.ref('policy_arn'), role: x.ref('role') }),
  },
  aws_lambda_function: {
    layer: 2, share: 4, schema: 0, tagged: true, text: 3,
    slots: [['role', 'aws_iam_role', 'arn'], ['kms_key_arn', 'aws_kms_key', 'arn'], ['vpc_config.subnet_ids', 'aws_subnet', 'id', 'many']],
    attributes: { id: (n) => n.name, function_name: (n) => n.name, arn: arnOf('lambda', (n) => `function:${n.name}`) },
    computed: ['arn', 'id', 'invoke_arn', 'last_modified', 'qualified_arn', 'version'], forces: 'function_name', expressions: { function_name: { references: ['local.name'] }, handler: { constant_value: 'index.handler' }, runtime: { constant_value: 'nodejs20.x' } },
    values: (x) => ({
      architectures: ['arm64'], arn: x.arn, code_sha256: `${x.hex}${x.hex}AbCdEf0123=`, code_signing_config_arn: '', dead_letter_config: [], description: sentence(x.random),
      environment: [{ variables: settings(x.random, x.bytes) }], ephemeral_storage: [{ size: 512 }], file_system_config: [], filename: null, function_name: x.name, handler: 'index.handler', id: x.id, image_config: [], image_uri: '',
      invoke_arn: `arn:aws:apigateway:${x.region}:lambda:path/2015-03-31/functions/${x.arn}/invocations`, kms_key_arn: x.ref('kms_key_arn'), last_modified: '2025-01-09T10:22:31.000+0000', layers: [],
      logging_config: [{ application_log_level: '', log_format: 'Text', log_group: `/aws/lambda/${x.name}`, system_log_level: '' }], memory_size: 512, package_type: 'Zip', publish: false,
      qualified_arn: `${x.arn}:$LATEST`, replace_security_groups_on_destroy: null, reserved_concurrent_executions: -1, role: x.ref('role'), runtime: 'nodejs20.x', s3_bucket: `${x.account}-artifacts`, s3_key: `${x.name}/${x.hex}.zip`, s3_object_version: null,
      skip_destroy: false, snap_start: [], tags: x.tags, tags_all: x.tags, timeout: 30, timeouts: null, tracing_config: [{ mode: 'Active' }], version: '$LATEST',
      vpc_config: [{ ipv6_allowed_for_dual_stack: false, security_group_ids: [`sg-${x.hex}`], subnet_ids: x.ref('vpc_config.subnet_ids'), vpc_id: `vpc-${x.hex}` }],
    }),
  },
  aws_db_instance: {
    layer: 3, share: 2, schema: 2, tagged: true, text: 1, sensitive: ['password'],
    slots: [['db_subnet_group_name', 'aws_db_subnet_group', 'name'], ['vpc_security_group_ids', 'aws_security_group', 'id', 'many'], ['kms_key_id', 'aws_kms_key', 'arn', 'forces']],
    attributes: { id: (n) => `db-${n.hex.toUpperCase()}`, arn: arnOf('rds', (n) => `db:${n.name}`), address: (n) => `${n.name}.c9akciq32rl.${n.region}.rds.amazonaws.com` },
    computed: ['address', 'arn', 'endpoint', 'engine_version_actual', 'hosted_zone_id', 'id', 'resource_id', 'status'], forces: 'storage_encrypted',
    expressions: { engine: { constant_value: 'postgres' }, identifier: { references: ['local.name'] }, instance_class: { references: ['var.instance_class'] }, password: { references: ['var.database_password'] }, storage_encrypted: { constant_value: true } },
    values: (x) => ({
      address: x.attribute('address'), allocated_storage: 200, allow_major_version_upgrade: null, apply_immediately: false, arn: x.arn, auto_minor_version_upgrade: true, availability_zone: `${x.region}a`, backup_retention_period: 14, backup_target: 'region',
      backup_window: '03:00-04:00', blue_green_update: [], ca_cert_identifier: 'rds-ca-rsa2048-g1', copy_tags_to_snapshot: true, custom_iam_instance_profile: '', db_name: 'app', db_subnet_group_name: x.ref('db_subnet_group_name'),
      delete_automated_backups: true, deletion_protection: x.draw % 2 === 0, enabled_cloudwatch_logs_exports: ['postgresql', 'upgrade'], endpoint: `${x.attribute('address')}:5432`, engine: 'postgres', engine_lifecycle_support: 'open-source-rds-extended-support',
      engine_version: '15.8', engine_version_actual: '15.8', final_snapshot_identifier: `${x.name}-final`, hosted_zone_id: 'Z29XKXDKYMONMX', iam_database_authentication_enabled: true, id: x.id, identifier: x.name, identifier_prefix: '',
      instance_class: 'db.r6g.large', iops: 3000, kms_key_id: x.ref('kms_key_id'), license_model: 'postgresql-license', listener_endpoint: [], maintenance_window: 'sun:04:30-sun:05:30', master_user_secret: [], max_allocated_storage: 1000,
      monitoring_interval: 60, multi_az: true, network_type: 'IPV4', option_group_name: 'default:postgres-15', parameter_group_name: 'default.postgres15', password: `not-a-secret-${x.hex}`, performance_insights_enabled: true, port: 5432,
      publicly_accessible: false, replica_mode: '', replicas: [], replicate_source_db: '', resource_id: x.id, skip_final_snapshot: x.draw % 5 === 0, snapshot_identifier: null, status: 'available', storage_encrypted: true, storage_throughput: 125,
      storage_type: 'gp3', tags: x.tags, tags_all: x.tags, timeouts: null, username: 'app', vpc_security_group_ids: x.ref('vpc_security_group_ids'),
    }),
  },
  aws_ecs_task_definition: {
    layer: 3, share: 3, schema: 1, tagged: true, text: 5,
    slots: [['execution_role_arn', 'aws_iam_role', 'arn', 'forces'], ['task_role_arn', 'aws_iam_role', 'arn', 'forces'], ['container_definitions', 'aws_cloudwatch_log_group', 'name', 'forces']],
    attributes: { id: (n) => n.name, arn: arnOf('ecs', (n) => `task-definition/${n.name}:17`) }, computed: ['arn', 'arn_without_revision', 'id', 'revision'], forces: 'container_definitions',
    expressions: { cpu: { constant_value: '256' }, family: { references: ['local.name'] }, network_mode: { constant_value: 'awsvpc' } },
    values: (x) => ({
      arn: x.arn, arn_without_revision: x.arn.slice(0, -3), container_definitions: containerDefinitions(x.random, x.bytes, x.name), cpu: '256', enable_fault_injection: false, ephemeral_storage: [], execution_role_arn: x.ref('execution_role_arn'),
      family: x.name, id: x.id, inference_accelerator: [], ipc_mode: '', memory: '512', network_mode: 'awsvpc', pid_mode: '', placement_constraints: [], proxy_configuration: [], requires_compatibilities: ['FARGATE'], revision: 17,
      runtime_platform: [], skip_destroy: false, tags: x.tags, tags_all: x.tags, task_role_arn: x.ref('task_role_arn'), track_latest: false, volume: [],
    }),
  },
  aws_lambda_permission: {
    layer: 3, share: 10, schema: 0, tagged: false, text: 0, slots: [['function_name', 'aws_lambda_function', 'function_name', 'forces'], ['source_arn', 'aws_sqs_queue', 'arn', 'forces'], ['source_account', 'data.aws_caller_identity', 'account_id', 'forces']],
    attributes: { id: (n) => `Allow${n.hex.slice(0, 10)}` }, computed: ['id'], forces: 'source_arn', expressions: { action: { constant_value: 'lambda:InvokeFunction' }, principal: { constant_value: 'events.amazonaws.com' } },
    values: (x) => ({
      action: 'lambda:InvokeFunction', event_source_token: null, function_name: x.ref('function_name'), function_url_auth_type: null, id: x.id, principal: 'events.amazonaws.com', principal_org_id: null, qualifier: '',
      source_account: x.ref('source_account'), source_arn: x.ref('source_arn'), statement_id: x.id, statement_id_prefix: '',
    }),
  },
  aws_ecs_service: {
    layer: 4, share: 4, schema: 0, tagged: true, text: 1,
    slots: [['task_definition', 'aws_ecs_task_definition', 'arn'], ['cluster', 'aws_ecs_cluster', 'id', 'forces'], ['load_balancer.target_group_arn', 'aws_lb_target_group', 'arn']],
    attributes: { id: arnOf('ecs', (n) => `service/${n.name}`), name: (n) => n.name }, computed: ['id'], forces: 'name', expressions: { desired_count: { references: ['var.desired_count'] }, launch_type: { constant_value: 'FARGATE' }, name: { references: ['local.name'] } },
    values: (x) => ({
      alarms: [], availability_zone_rebalancing: 'DISABLED', capacity_provider_strategy: [], cluster: x.ref('cluster'), deployment_circuit_breaker: [{ enable: true, rollback: true }], deployment_controller: [{ type: 'ECS' }],
      deployment_maximum_percent: 200, deployment_minimum_healthy_percent: 100, desired_count: 3, enable_ecs_managed_tags: true, enable_execute_command: false, force_delete: null, force_new_deployment: null, health_check_grace_period_seconds: 30,
      iam_role: '/aws-service-role', id: x.id, launch_type: 'FARGATE', load_balancer: [{ container_name: x.name, container_port: 8080, elb_name: '', target_group_arn: x.ref('load_balancer.target_group_arn') }], name: x.name,
      network_configuration: [{ assign_public_ip: false, security_groups: [`sg-${x.hex}`], subnets: [`subnet-${x.hex}`] }], ordered_placement_strategy: [], placement_constraints: [], platform_version: 'LATEST', propagate_tags: 'SERVICE',
      scheduling_strategy: 'REPLICA', service_connect_configuration: [], service_registries: [], tags: x.tags, tags_all: x.tags, task_definition: x.ref('task_definition'), timeouts: null, triggers: {}, volume_configuration: [], vpc_lattice_configurations: [],
      wait_for_steady_state: false,
    }),
  },
  aws_lambda_event_source_mapping: {
    layer: 4, share: 2, schema: 0, tagged: true, text: 1, slots: [['function_name', 'aws_lambda_function', 'arn'], ['event_source_arn', 'aws_sqs_queue', 'arn', 'forces']],
    attributes: { id: (n) => `${short(n)}-91c2-4b1e-8a55-${n.hex.slice(5)}`, arn: arnOf('lambda', (n) => `event-source-mapping:${short(n)}-91c2-4b1e-8a55-${n.hex.slice(5)}`) },
    computed: ['arn', 'function_arn', 'id', 'last_modified', 'state', 'uuid'], forces: 'event_source_arn', expressions: { batch_size: { constant_value: 10 } },
    values: (x) => ({
      amazon_managed_kafka_event_source_config: [], arn: x.arn, batch_size: 10, bisect_batch_on_function_error: false, destination_config: [], document_db_event_source_config: [], enabled: true, event_source_arn: x.ref('event_source_arn'),
      filter_criteria: [], function_arn: x.ref('function_name'), function_name: x.ref('function_name'), function_response_types: [], id: x.id, kms_key_arn: '', last_modified: '2025-01-09T10:22:31Z', maximum_batching_window_in_seconds: 5,
      maximum_record_age_in_seconds: 0, maximum_retry_attempts: 0, metrics_config: [], parallelization_factor: 0, queues: [], scaling_config: [], self_managed_event_source: [], source_access_configuration: [], starting_position: '',
      state: 'Enabled', tags: x.tags, tags_all: x.tags, topics: [], tumbling_window_in_seconds: 0, uuid: x.id,
    }),
  },
  aws_cloudwatch_metric_alarm: {
    layer: 5, share: 6, schema: 1, tagged: true, text: 2, slots: [['dimensions.ServiceName', 'aws_ecs_service', 'name']],
    attributes: { id: (n) => n.name, arn: arnOf('cloudwatch', (n) => `alarm:${n.name}`) }, computed: ['arn', 'id'], forces: 'alarm_name',
    expressions: { alarm_name: { references: ['local.name'] }, comparison_operator: { constant_value: 'GreaterThanThreshold' }, threshold: { constant_value: 80 } },
    values: (x) => ({
      actions_enabled: true, alarm_actions: [`arn:aws:sns:${x.region}:${x.account}:on-call`], alarm_description: sentence(x.random, Math.max(8, x.bytes / 9)), alarm_name: x.name, arn: x.arn, comparison_operator: 'GreaterThanThreshold',
      datapoints_to_alarm: 3, dimensions: { ServiceName: x.ref('dimensions.ServiceName') }, evaluate_low_sample_count_percentiles: '', evaluation_periods: 5, extended_statistic: '', id: x.id, insufficient_data_actions: [],
      metric_name: 'CPUUtilization', metric_query: [], namespace: 'AWS/ECS', ok_actions: [], period: 60, statistic: 'Average', tags: x.tags, tags_all: x.tags, threshold: 80, threshold_metric_id: '', treat_missing_data: 'missing', unit: '',
    }),
  },
  aws_route53_record: {
    layer: 5, share: 9, schema: 2, tagged: false, text: 1, slots: [['zone_id', 'aws_route53_zone', 'id', 'forces'], ['records', 'aws_lb', 'dns_name', 'many']],
    attributes: { id: (n) => `Z${n.hex.toUpperCase()}_${n.name}_CNAME` }, computed: ['fqdn', 'id'], forces: 'name', expressions: { name: { references: ['local.name'] }, ttl: { constant_value: 60 }, type: { constant_value: 'CNAME' } },
    values: (x) => ({
      alias: [], allow_overwrite: null, cidr_routing_policy: [], failover_routing_policy: [], fqdn: `${x.name}.example.com`, geolocation_routing_policy: [], geoproximity_routing_policy: [], health_check_id: '', id: x.id, latency_routing_policy: [],
      multivalue_answer_routing_policy: false, name: x.name, records: x.ref('records'), set_identifier: '', timeouts: null, ttl: 60, type: 'CNAME', weighted_routing_policy: [], zone_id: x.ref('zone_id'),
    }),
  },
  aws_ssm_parameter: {
    layer: 5, share: 5, schema: 0, tagged: true, text: 4, sensitive: ['value'], slots: [['value', 'aws_db_instance', 'address']],
    attributes: { id: (n) => `/acme/${n.name}`, arn: arnOf('ssm', (n) => `parameter/acme/${n.name}`) }, computed: ['arn', 'id', 'insecure_value', 'version'], forces: 'name',
    expressions: { name: { references: ['local.name'] }, type: { constant_value: 'SecureString' } },
    values: (x) => ({
      allowed_pattern: '', arn: x.arn, data_type: 'text', description: sentence(x.random), id: x.id, insecure_value: null, key_id: 'alias/aws/ssm', name: x.id, overwrite: null, tags: x.tags, tags_all: x.tags, tier: 'Standard', type: 'SecureString',
      value: JSON.stringify({ ...settings(x.random, x.bytes), UPSTREAM: x.ref('value') }), version: 4,
    }),
  },
};

/** Data sources: they stand in the state from before, they are never changed, and dependents name them. */
// biome-ignore format: as above.
export const dataSources = {
  'data.aws_caller_identity': {
    layer: 0, schema: 0, slots: [], attributes: { account_id: (n) => n.account }, expressions: {},
    values: (x) => ({ account_id: x.account, arn: `arn:aws:sts::${x.account}:assumed-role/deploy/ci`, id: x.account, user_id: 'AROAEXAMPLEEXAMPLE:ci' }),
  },
  'data.aws_iam_policy_document': {
    layer: 0.5, schema: 0, slots: [['statement.resources', 'aws_s3_bucket', 'arn', 'many']], attributes: { json: () => trust('ecs-tasks') }, expressions: {},
    values: (x) => ({
      id: `${x.draw}`, json: trust('ecs-tasks'), minified_json: trust('ecs-tasks'), override_policy_documents: null, policy_id: null, source_policy_documents: null,
      statement: [{ actions: ['s3:GetObject', 'sts:AssumeRole'], condition: [], effect: 'Allow', not_actions: [], not_principals: [], not_resources: [], principals: [], resources: x.ref('statement.resources'), sid: '' }], version: '2012-10-17',
    }),
  },
};
